"""`drawdown check`: what it says, its keys and its exit codes."""


def test_a_sound_mission_passes(run, small):
    ran = run("check", small)
    assert ran.code == 0
    assert "Small Mission" in ran.out
    assert "The mission is sound" in ran.out


def test_json_has_the_promised_keys(run, small):
    result = run("check", small, "--json").json
    assert {"sound", "faults", "conflicts", "counts", "totals"} <= result.keys()
    assert {"reported", "derived", "assumed"} <= result["counts"].keys()
    assert {"sites", "uniformed", "civilians", "teu", "vehicles"} == result["totals"].keys()
    for conflict in result["conflicts"]:
        assert {"topic", "claims", "adopted", "reason"} == conflict.keys()
        assert all({"value", "source", "as_of"} <= claim.keys() for claim in conflict["claims"])


def test_faults_name_file_line_value_and_remedy(run, small):
    sites = small / "sites.csv"
    sites.write_text(sites.read_text("utf-8").replace("helipad", "helipat"), "utf-8")
    ran = run("check", small, "--json")
    assert ran.code == 2
    assert not ran.json["sound"]
    fault = next(fault for fault in ran.json["faults"] if fault["value"] == "helipat")
    assert fault["severity"] == "fault"
    assert fault["where"].startswith("sites.csv:")
    assert "helipad" in fault["remedy"]


def test_faults_between_tables_are_located_too(run, small):
    units = small / "units.csv"
    units.write_text(units.read_text("utf-8").replace(",base,", ",bose,", 1), "utf-8")
    fault = run("check", small, "--json").json["faults"][0]
    assert fault["where"].startswith("units.csv:")
    assert "base" in fault["remedy"]


def test_strict_does_not_let_warnings_pass(run, small):
    warnings = [fault for fault in run("check", small, "--json").json["faults"] if fault["severity"] == "warning"]
    assert run("check", small, "--strict").code == (1 if warnings else 0)


def test_a_mission_that_is_not_there(run):
    ran = run("check", "minusna")
    assert ran.code == 2
    assert "did you mean `minusma`?" in ran.err
    assert ran.out == ""


def test_errors_come_as_json_too(run):
    assert run("check", "nowhere", "--json").json["faults"][0]["value"] == "nowhere"


def test_no_conflict_of_minusma_hides(run):
    result = run("check", "minusma", "--json").json
    assert result["sound"]
    assert len(result["conflicts"]) >= 13
