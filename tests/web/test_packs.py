"""The page of governance packs: one button freezes, every file can be had as it was, and only by who may see the report."""

import pytest
from django.conf import settings as django_settings
from django.test import Client

from tests.web.access.world import DAY, World, plant
from throughcare.report.packs.models import Pack

pytestmark = pytest.mark.django_db
MONTHS = {"since": "2016-06", "until": "2016-11"}


@pytest.fixture
def world(home, db, settings, tmp_path) -> World:
    settings.DEMONSTRATION = DAY
    return plant(tmp_path)


def browser(world: World, role: str) -> Client:
    client = Client()
    client.force_login(world.accounts[role], backend=django_settings.AUTHENTICATION_BACKENDS[-1])
    return client


def test_one_button_freezes_and_every_form_is_there_as_it_was(world):
    analyst = browser(world, "analyst")
    assert "No pack has been frozen yet" in analyst.get("/pack/").content.decode()
    told = analyst.post("/pack/", MONTHS, follow=True).content.decode()
    pack = Pack.objects.get()
    assert (pack.start.isoformat(), pack.end.isoformat()) == ("2016-06-01", "2016-12-01")
    assert "The pack is frozen" in told
    assert pack.by.startswith("analyst as ")
    assert f"<code class=\"tc-code\">{pack.sha256[:16]}</code>" in told
    for file in pack.files.all():
        answer = analyst.get(f"/pack/{pack.pk}/{file.name}")
        assert (answer.status_code, answer.content) == (200, bytes(file.content)), file.name
    page = analyst.get(f"/pack/{pack.pk}/pack.html").content.decode()
    assert f"{pack.small} figures of this pack count fewer than" in page, "the small world has few of everything"
    assert analyst.get(f"/pack/{pack.pk}/no.html").status_code == 404

    analyst.post("/pack/", MONTHS)
    again = analyst.get("/pack/").content.decode()
    assert again.count("Superseded") == 1, "the same months again"

    # who may see the report sees packs and freezes none; who may not finds no trace
    assert "Freeze the pack" not in browser(world, "evaluator").get("/pack/").content.decode()
    assert browser(world, "evaluator").post("/pack/", MONTHS).status_code in (403, 404)
    assert browser(world, "iom_coordinator").get(f"/pack/{pack.pk}/pack.html").status_code in (403, 404)
    assert Pack.objects.count() == 2
