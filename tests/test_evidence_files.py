"""Which files are kept as evidence, whatever they are called, and what of a child they give away."""

from datetime import date
from time import process_time

import pytest

from actionplan.assurance import files
from actionplan.assurance.child_traces import is_nhs_number, is_pupil_number, traces
from actionplan.assurance.files import clean_name, receive
from tests import evidence_files as made

ON = date(2017, 6, 27)
RIGHT = "Give it the right name and upload it again."
KINDS = f"Upload {files.KINDS}."


@pytest.mark.parametrize("name", made.KEPT)
def test_kinds_that_are_kept(name):
    kept = receive(name, made.KEPT[name])

    assert (kept.name, kept.content) == (name, made.KEPT[name])
    assert kept.kind is files.kind_of(made.KEPT[name])


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("report.pdf", made.png(), f"This is a PNG picture, but its name does not end in .png. {RIGHT}"),
        ("report.docx", made.PDF, f"This is a PDF, but its name does not end in .pdf. {RIGHT}"),
        ("report.xlsx", made.docx(), f"This is a Word document, but its name does not end in .docx. {RIGHT}"),
        (
            "report.csv",
            made.xlsx(),
            f"This is an Excel workbook, but its name does not end in .xlsx. {RIGHT}",
        ),
        ("report.txt", made.CSV, f"This is a CSV file, but its name does not end in .csv. {RIGHT}"),
        ("report", made.PDF, f"This is a PDF, but its name does not end in .pdf. {RIGHT}"),
        ("report.pdf", made.EXE, f"This is a program. {KINDS}"),
        ("setup.exe", made.EXE, f"This is a program. {KINDS}"),
        ("chart.png", made.SVG, f"This is a drawing (SVG). {KINDS}"),
        ("page.csv", b"<!DOCTYPE html><p>x", f"This is a web page or other marked-up text. {KINDS}"),
        ("page.csv", b"a,b\n<script>x</script>", f"This is a web page or other marked-up text. {KINDS}"),
        ("page.csv", "<html>".encode("utf-16"), f"This is a web page or other marked-up text. {KINDS}"),
        ("photo.jpg", b"GIF89a\x01\0", f"This is a GIF picture. {KINDS}"),
        ("photo.jpg", b"\0\0\0\x18ftypheic", f"This is a HEIC picture or a film. {KINDS}"),
        ("files.docx", made.packed(a="x"), f"This is a zip file, or an Office file of another kind. {KINDS}"),
        ("data.csv", b"a,b\n1,\0\x01\n", f"This is not a kind of file that is kept here. {KINDS}"),
        ("plan.doc", made.OLE, files.OLD),
        ("plan.docx", made.LOCKED, files.LOCKED),
        ("plan.docx", made.macros(), files.MACROS),
        ("plan.odt", made.odt(**{"Basic/Standard/Module1.xml": "x"}), files.MACROS),
        ("plan.docx", made.docx()[:-200], files.DAMAGED),
        ("plan.pdf", made.PDF[:40], files.DAMAGED),
        ("chart.png", made.png()[:30], files.DAMAGED),
        ("plan.docx", made.bomb(), files.TOO_MUCH),
        ("plan.docx", made.many_parts(), files.TOO_MUCH),
        ("plan.pdf", b"", files.EMPTY),
        ("plan.pdf", made.PDF + bytes(files.MAX_BYTES), files.TOO_BIG),
    ],
)
def test_kinds_that_are_refused_say_what_they_seem_to_be(name, content, why):
    with pytest.raises(files.Refused) as refused:
        receive(name, content)

    assert str(refused.value) == why


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\Users\\x\\plan.pdf", "plan.pdf"),
        ("gpj.nalp\u202efdp.pdf", "gpj.nalpfdp.pdf"),
        ("plan\0\r\n.pdf", "plan.pdf"),
        ('Children’s "plan".pdf', 'Children’s "plan".pdf'),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        (" .. ", "file"),
        ("", "file"),
    ],
)
def test_names_lose_what_nobody_sees(name, clean):
    assert clean_name(name) == clean


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"Child,Born\nJane Smith,03/05/2004\n"),
        ("a.docx", made.docx("Jane Smith, 3 May 2004")),
        ("a.xlsx", made.xlsx("Jane Smith, 3 May 2004")),
        ("a.odt", made.odt("Jane <text:span>Smith</text:span>, 3 May 2004")),
    ],
)
def test_text_of_a_file_is_read_for_the_records_of_children(name, content):
    [trace] = traces(receive(name, content).text, ON)

    assert trace.what == "a name with a date of birth"


def test_number_in_a_cell_is_read():
    [trace] = traces(receive("a.xlsx", made.xlsx(9434765919)).text, ON)

    assert (trace.what, trace.quote) == ("an NHS number", "9434765919")


NHS, PUPIL, BORN, BIRTH = (
    "an NHS number",
    "a unique pupil number",
    "a name with a date of birth",
    "a date of birth",
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NHS 943 476 5919.", [(NHS, "943 476 5919")]),
        ("943-476-5919", [(NHS, "943-476-5919")]),
        ("9434765918", []),
        ("943 4765919", []),
        ("19434765919", []),
        ("B801200005001", [(PUPIL, "B801200005001")]),
        ("b801200005001", [(PUPIL, "b801200005001")]),
        ("A801200005001", []),
        ("M80120000500A", [(PUPIL, "M80120000500A")]),
        ("Jane Smith, 3 May 2004", [(BORN, "Jane Smith, 3 May 2004")]),
        ("Jane Ann O’Neill (born 3rd May 2004)", [(BORN, "Jane Ann O’Neill (born 3rd May 2004")]),
        ("Smith,Jane,2004-05-03", [(BORN, "Smith,Jane,2004-05-03")]),
        ("d.o.b. 3.5.2004", [(BIRTH, "d.o.b. 3.5.2004")]),
        ("Date of birth: 03/05/2004", [(BIRTH, "Date of birth: 03/05/2004")]),
        ("Head of Leaving Care, 20 June 2017", []),
        ("Children Act, 16 November 1989", []),
        ("In October 2016 114 of 177 were seen, 64%.", []),
        ("Jane Smith, 31 February 2004", []),
    ],
)
def test_traces_of_a_child(text, found):
    assert [(trace.what, trace.quote) for trace in traces(text, ON)] == found


def test_check_digits():
    # 943 476 5919 is the example of the NHS Data Dictionary; B801200005001 stands in several pupil data guides.
    assert [number for number in range(9434765910, 9434765920) if is_nhs_number(str(number))] == [9434765919]
    assert [x for x in "ABCDEFGHJKLMNPQRTUVWXYZ" if is_pupil_number(f"{x}801200005001")] == ["B"]


@pytest.mark.parametrize("piece", ["A-", "Aa ", "1", "1 ", "Aa 03/05/2004 ", "12 345 ", "born ", "<", "1-2-"])
def test_search_takes_time_in_proportion(piece):
    def seconds(length):
        text = (piece * length)[:length]
        start = process_time()
        traces(text, ON)
        return process_time() - start

    seconds(50_000)  # warm

    assert seconds(100_000) < 3 * max(seconds(50_000), 0.05)
