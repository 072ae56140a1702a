"""Cells changed inside a sheet's XML, whoever wrote it."""

from __future__ import annotations

from datetime import date

import pytest

from drawdown.files.days import EPOCH_1900
from drawdown.files.excel.sheet_edit import SheetXml
from drawdown.files.limits import Unreadable

PLAIN = b'<worksheet><dimension ref="A1:B1"/><sheetData>%b</sheetData><after/></worksheet>'


def changed(xml, values, styles=None):
    return SheetXml(xml).changed(values, styles or {}, EPOCH_1900)


def test_only_the_cell_changes_and_keeps_its_style():
    xml = (
        PLAIN
        % b'<row r="1" spans="1:2" ht="30"><c r="A1" s="7" t="s"><v>3</v></c><c r="B1"><f>A1</f><v>1</v></c></row>'
    )
    assert changed(xml, {(1, 1): 1.5}) == (
        b'<worksheet><sheetData><row r="1" ht="30"><c r="A1" s="7"><v>1.5</v></c><c r="B1"><f>A1</f><v>1</v></c></row>'
        b"</sheetData><after/></worksheet>"
    )
    assert SheetXml(xml).formulas == {(1, 2)}


def test_cells_and_rows_come_in_their_places():
    xml = PLAIN % b'<row r="2"><c r="C2"><v>1</v></c></row><row r="5"/>'
    assert changed(xml, {(2, 1): "a<b", (3, 2): None, (5, 28): date(2023, 7, 1)}, {(5, 28): b"4"}) == (
        b'<worksheet><sheetData><row r="2"><c r="A2" t="inlineStr"><is><t xml:space="preserve">a&lt;b</t></is></c>'
        b'<c r="C2"><v>1</v></c></row><row r="3"><c r="B3"/></row>'
        b'<row r="5"><c r="AB5" s="4"><v>45108</v></c></row></sheetData><after/></worksheet>'
    )


def test_a_sheet_with_a_prefix_keeps_it():
    xml = b'<x:worksheet><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    assert changed(xml, {(1, 1): 2.0, (2, 1): "b"}) == (
        b'<x:worksheet><x:sheetData><x:row r="1"><x:c r="A1"><x:v>2</x:v></x:c></x:row><x:row r="2">'
        b'<x:c r="A2" t="inlineStr"><x:is><x:t xml:space="preserve">b</x:t></x:is></x:c></x:row>'
        b"</x:sheetData></x:worksheet>"
    )


def test_an_empty_sheet_is_filled():
    assert changed(b"<worksheet><sheetData/></worksheet>", {(1, 1): "_x0041_"}) == (
        b'<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr">'
        b'<is><t xml:space="preserve">_x005F_x0041_</t></is></c></row></sheetData></worksheet>'
    )


@pytest.mark.parametrize(
    "xml",
    [b"", b"<worksheet/>", PLAIN % b"<row><c r='A1'/></row>", PLAIN % b'<row r="1"><c><v>1</v></c></row>',
     PLAIN % b'<row r="1"/><row r="1"/>'],
)  # fmt: skip
def test_xml_that_does_not_say_where_its_cells_stand_is_refused(xml):
    with pytest.raises(Unreadable):
        SheetXml(xml)
