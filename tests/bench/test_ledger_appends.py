"""The benchmark of appends runs, and what it measures is what it says."""

from drawdown.bench import ledger_appends


def test_appends_are_measured_beside_a_bare_loop(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, value in (("SINGLE", 20), ("BATCHES", 3), ("BATCH", 10)):
        monkeypatch.setattr(ledger_appends, name, value)
    single, batch, breaks = ledger_appends.ledger_appends()
    assert min(single.value, batch.value, single.peers["bare sqlite3"], batch.peers["bare sqlite3"]) > 0
    assert (single.bar, batch.bar, breaks.value) == (500, 20_000, 0)
    assert list(tmp_path.iterdir()) == []


def test_kills_are_counted(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(ledger_appends.KILLS_VARIABLE, "1")
    assert [figure.value for figure in ledger_appends.ledger_kills()] == [0, 0]
