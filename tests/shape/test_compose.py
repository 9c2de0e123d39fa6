"""The production shape: a legal Compose file, each login where it belongs, no secret inside, no variable in vain."""

import ast
import json
import os
import re
import subprocess
from pathlib import Path

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docker-compose.yml"
SCHEMA = ROOT / "tests" / "vendor" / "compose-spec" / "compose-spec.json"
OURS = ("web", "worker", "beat", "release")
ASKED = {"PORTAL_URL": "https://a.example", "ALLOWED_HOSTS": "a.example", "PORTAL_CONTACT": "x", "EMAIL_HOST": "x"}
VARIABLE = re.compile(r"\$\{([A-Z_]+)(?::([-?])([^}]*))?\}")
# Read by `provision` itself, and by nothing of the settings.
ADMINISTRATOR = "DATABASE_ADMIN_URL"


def filled(value, name: str = ""):
    """The file with its variables put in, and `replicas` a number, as Compose makes it before it looks at types."""
    if isinstance(value, dict):
        return {key: filled(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [filled(one) for one in value]
    if not isinstance(value, str):
        return value
    text = VARIABLE.sub(lambda m: ASKED[m[1]] if m[2] == "?" else (m[3] or ""), value)
    return int(text) if name == "replicas" else text


def read_by_settings() -> set[str]:
    """Names of the environment variables that alliances/config/settings.py reads."""
    names = set()
    for node in ast.walk(ast.parse((ROOT / "alliances/config/settings.py").read_text())):
        if isinstance(node, ast.Call) and re.fullmatch(r"env\.\w+", ast.unparse(node.func)) and node.args:
            names |= {node.args[0].value} if isinstance(node.args[0], ast.Constant) else set()
        # The three addresses are chosen between by the kind of process.
        if isinstance(node, ast.Constant) and re.fullmatch(r"DATABASE_(\w+_)?URL", str(node.value)):
            names.add(node.value)
    return names


@pytest.fixture(scope="module")
def compose() -> dict:
    return filled(yaml.safe_load(FILE.read_text()))


def environment(service: dict) -> set[str]:
    return set(service.get("environment") or {})


def legal(compose: dict) -> None:
    schema = json.loads(SCHEMA.read_text())
    # `name` is newer than this version of the schema.
    jsonschema.Draft201909Validator(schema).validate({k: v for k, v in compose.items() if k != "name"})


def test_the_file_is_legal(compose):
    legal(compose)


@pytest.mark.parametrize(
    "wrong",
    [
        {"services": {"web": {"imagee": "x"}}},
        {"services": {"web": {"image": "x", "restart": 3}}},
        {"services": {"web": {"image": "x", "healthcheck": {"test": {"a": 1}}}}},
    ],
)
def test_the_schema_fires(wrong):
    with pytest.raises(jsonschema.ValidationError):
        legal(wrong)


def test_every_variable_it_sets_is_read(compose):
    for name in OURS:
        service = compose["services"][name]
        unknown = environment(service) | set(service["secrets"])
        unknown -= read_by_settings() | {ADMINISTRATOR}
        assert not unknown, f"{name}: {unknown}"


def test_one_address_for_each_login(compose):
    held = {name: {s for s in compose["services"][name]["secrets"] if s.startswith("DATABASE_")} for name in OURS}
    assert held == {
        "web": {"DATABASE_URL"},
        "worker": {"DATABASE_WORKER_URL"},
        "beat": {"DATABASE_WORKER_URL"},
        "release": {"DATABASE_URL", "DATABASE_WORKER_URL", "DATABASE_OWNER_URL", ADMINISTRATOR},
    }
    process = {name: compose["services"][name]["environment"]["PORTAL_PROCESS"] for name in OURS}
    assert process == {"web": "web", "worker": "worker", "beat": "worker", "release": "owner"}


def test_no_secret_stands_in_the_file(compose):
    text = FILE.read_text() + (ROOT / "Dockerfile").read_text()
    assert not re.search(r"postgres(ql)?://[^/\s]*:[^/\s]*@", text)
    secret = set(compose["secrets"])
    for name, service in compose["services"].items():
        assert not environment(service) & secret, name
        assert set(service.get("secrets", ())) <= secret, name
    for name, given in compose["secrets"].items():
        assert given == {"file": f"./secrets/{name}"}


def test_every_service_is_kept_small_and_alive(compose):
    for name, service in compose["services"].items():
        assert service["user"] not in {"root", "0", "0:0"}, name
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["restart"] == ("no" if name == "release" else "unless-stopped"), name
        assert ("test" in service["healthcheck"]) == (name != "release"), name
        assert set(service["networks"]) <= set(compose["networks"]), name
    assert compose["networks"]["back"]["internal"] is True
    published = {name for name, service in compose["services"].items() if service.get("ports")}
    assert published == {"proxy"}


def test_there_are_several_webs_and_workers_and_one_beat(compose):
    replicas = {name: compose["services"][name].get("deploy", {}).get("replicas", 1) for name in OURS}
    assert replicas == {"web": 2, "worker": 2, "beat": 1, "release": 1}


def test_everybody_waits_for_the_release(compose):
    for name in ("web", "worker", "beat"):
        assert compose["services"][name]["depends_on"]["release"] == {"condition": "service_completed_successfully"}


def test_the_example_has_every_name_and_no_value():
    used = {match[0] for match in VARIABLE.findall(FILE.read_text())}
    lines = [line for line in (ROOT / ".env.example").read_text().splitlines() if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Z_]+=", line) for line in lines)
    assert {line.removesuffix("=") for line in lines} == used


def test_files_that_it_mounts_are_there(compose):
    for name, service in compose["services"].items():
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            if source.startswith("."):
                assert (ROOT / source).is_file(), f"{name}: {source}"


def test_the_image_holds_what_the_portal_needs():
    copied = set(re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE))
    copied = {name for line in copied for name in line.split()}
    assert {"alliances", "regions", "projects", "reporting", "templates", "static", "locale", "manage.py"} <= copied
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for name in copied:
        assert (ROOT / name).exists(), name
        assert name.split("/")[0] in kept, name


def test_the_entry_reads_its_secrets_and_knows_its_words():
    """Without a container: the words are told apart, an unknown one goes to manage.py."""
    script = ROOT / "docker" / "entry.sh"
    assert subprocess.run(["sh", "-n", script], check=False).returncode == 0
    assert subprocess.run(["sh", "-n", ROOT / "docker" / "valkey.sh"], check=False).returncode == 0
    assert os.access(script, os.X_OK)
    text = script.read_text()
    for word in OURS:
        assert f"  {word})" in text


def test_the_proxy_tells_the_truth_about_who_asks():
    conf = (ROOT / "docker" / "proxy.conf").read_text()
    assert conf.count("proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;") == 1
    assert "proxy_set_header X-Forwarded-Proto https;" in conf
    assert "TRUSTED_PROXY_COUNT:-1" in FILE.read_text()
