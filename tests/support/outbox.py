"""What is written in the outbox, for tests: the web's login may write it and not read it."""

from alliances.notices import services


def watch(monkeypatch) -> list[services.Letter]:
    """The letters posted from here on, oldest first."""
    letters: list[services.Letter] = []
    post = services.post

    def posted(letter):
        letters.append(letter)
        return post(letter)

    monkeypatch.setattr(services, "post", posted)
    return letters
