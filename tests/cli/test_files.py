"""`drawdown convert` and `drawdown new`: files in another form, and the first files of a mission."""

import pytest


@pytest.mark.parametrize("name", ["copy", "copy.xlsx", "copy.json"])
def test_a_mission_is_the_same_in_every_form(run, small, tmp_path, name):
    target = tmp_path / name
    ran = run("convert", small, target, "--json")
    assert ran.code == 0
    assert ran.json["written"] == str(target)
    assert run("check", target, "--json").json["hash"] == run("check", small, "--json").json["hash"]


def test_nothing_is_written_over(run, small, tmp_path):
    target = tmp_path / "copy.json"
    target.write_text("mine", "utf-8")
    ran = run("convert", small, target)
    assert ran.code == 2
    assert "is there already" in ran.err
    assert target.read_text("utf-8") == "mine"


def test_a_folder_that_is_not_ours_is_never_replaced(run, small, tmp_path):
    letters = tmp_path / "letters"
    letters.mkdir()
    (letters / "dear.txt").write_text("Dear", "utf-8")
    assert run("convert", small, letters, "--replace").code == 2
    assert [path.name for path in letters.iterdir()] == ["dear.txt"]


def test_a_new_mission_checks_sound_under_its_own_name(run, tmp_path):
    path = tmp_path / "My mission 2027"
    assert run("new", path).code == 0
    assert run("check", path).code == 0
    assert "id: my-mission-2027" in (path / "mission.yaml").read_text("utf-8")


def test_a_new_mission_is_not_laid_over_something(run, tmp_path):
    assert run("new", tmp_path / "one").code == 0
    assert run("new", tmp_path / "one").code == 2
