"""The pages' guard: every address declares its deed, forms need their token, signing in leads back. The doors' table
stands in test_doors."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern

from telusur.people.rules import Deed, Role, may
from telusur.web.pages.faults import broken
from telusur.web.pages.guard import deed
from telusur.web.urls import urlpatterns
from tests.rooms.web.city import PASSWORD, account
from tests.rooms.web.doors import address

ADDRESSES = {pattern.name: pattern for pattern in urlpatterns if isinstance(pattern, URLPattern) and pattern.name}


def undeclared(patterns: dict[str, URLPattern]) -> list[str]:
    """Names of addresses whose view states no deed."""
    return [name for name, pattern in patterns.items() if not isinstance(getattr(pattern.callback, "deed", None), Deed)]


def test_every_address_declares_its_deed() -> None:
    assert len(ADDRESSES) == len(urlpatterns)
    assert undeclared(ADDRESSES) == []


def test_an_undeclared_address_is_found() -> None:
    def open_to_all(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert undeclared({"x": URLPattern(ADDRESSES["home"].pattern, open_to_all, name="x")}) == ["x"]


def declared(name: str) -> Deed:
    """What an address lets a person do."""
    found = ADDRESSES[name].callback.deed  # type: ignore[attr-defined]
    assert isinstance(found, Deed)
    return found


# Takes a form from programs without an account, and only reads.
READS_A_FORM = {"reconcile"}


@pytest.mark.django_db
@pytest.mark.long
def test_nothing_changes_without_the_forms_token() -> None:
    clients = {}
    for role in (Role.SECTION_HEAD, Role.REGISTRAR, Role.HEAD, Role.OFFICER):
        clients[role] = Client(enforce_csrf_checks=True)
        clients[role].force_login(account(role), backend="django.contrib.auth.backends.ModelBackend")
    answers = {
        name: next(client for role, client in clients.items() if may(role, declared(name))).post(address(name))
        for name in ADDRESSES
    }
    # The doors for machines read no session, so a form of another site can do nothing there.
    machines = {name for name in ADDRESSES if name.startswith("api-")}
    assert {name for name, reply in answers.items() if reply.status_code != 403} <= machines | READS_A_FORM
    assert {answers[name].status_code for name in machines} <= {401}


@pytest.mark.django_db
def test_a_closed_account_is_public() -> None:
    person = account(Role.REGISTRAR)
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    person.is_active = False
    person.save()
    assert client.get("/register/").status_code == 302


@pytest.mark.django_db
def test_sign_in_leads_back_and_nowhere_else() -> None:
    account(Role.HEAD)
    sent = {"username": "head", "password": PASSWORD}
    back = Client().get("/register/?q=maju").headers["Location"]
    assert back == "/masuk/?next=/register/%3Fq%3Dmaju"
    assert Client().post("/masuk/", {**sent, "next": "/register/?q=maju"}).headers["Location"] == "/register/?q=maju"
    assert Client().post("/masuk/", {**sent, "next": "https://contoh.invalid/"}).headers["Location"] == "/neraca/"


@pytest.mark.django_db
def test_guessing_locks_the_account_in_words() -> None:
    account(Role.HEAD)
    client = Client()
    wrong = {"username": "head", "password": "salah-sekali-lagi"}
    for _ in range(4):
        reply = client.post("/masuk/", wrong)
        assert reply.status_code == 200
        assert "tidak cocok" in reply.content.decode()
    reply = client.post("/masuk/", wrong)
    assert reply.status_code == 429
    assert "setelah 15 menit" in reply.content.decode()
    assert client.post("/masuk/", {**wrong, "password": PASSWORD}).status_code == 429


@pytest.mark.django_db
def test_indonesian_first_english_by_the_switch() -> None:
    client = Client(headers={"accept-language": "en-GB,en"})
    page = client.get("/masuk/").content.decode()
    assert '<html lang="id">' in page
    assert "Kata sandi" in page
    client.post("/bahasa/", {"language": "en", "next": "/masuk/"})
    page = client.get("/masuk/").content.decode()
    assert '<html lang="en">' in page
    assert "Password" in page


@pytest.mark.django_db
def test_the_bar_offers_only_what_the_role_may_do() -> None:
    client = Client()
    client.force_login(account(Role.OFFICER), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/neraca/").content.decode()
    assert 'href="/register/"' in page
    assert 'href="/impor/"' not in page
    assert 'href="/jejak/"' not in page


@pytest.mark.django_db
def test_pages_carry_the_strict_policy() -> None:
    reply = Client().get("/cek/")
    policy = reply.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "unsafe-inline" not in policy
    assert " style=" not in reply.content.decode()


@pytest.mark.parametrize("declared_deed", [Deed.READ_JOURNAL], ids=["journal"])
def test_the_decorator_keeps_the_views_name(declared_deed: Deed) -> None:
    @deed(declared_deed)
    def quiet(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert quiet.deed is declared_deed
    assert quiet.__name__ == "quiet"  # type: ignore[attr-defined]


def test_a_fault_is_said_without_the_database(rf: RequestFactory) -> None:
    reply = broken(rf.get("/neraca/"))
    assert reply.status_code == 500
    assert "tidak disimpan separuh" in reply.content.decode()


@pytest.mark.django_db
def test_home_leads_each_to_their_own_page() -> None:
    client = Client()
    assert client.get("/").headers["Location"] == "/cek/"
    client.force_login(account(Role.HEAD), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/").headers["Location"] == "/neraca/"
