"""Text files that are read, each with the rows that come out: their numbers and their cells."""

from .made_files import MadeFile, published

TABLE = [(1, ["Indicator", "Q1"]), (2, ["RHI72", "60.9"])]


def made(expected, written, name="figures.csv", encoding="utf-8"):
    return MadeFile(name, lambda: written.encode(encoding), expected)


TEXT = {
    "commas": made(TABLE, "Indicator,Q1\nRHI72,60.9\n"),
    "semicolons": made(TABLE, "Indicator;Q1\nRHI72;60.9\n"),
    "tabs": made(TABLE, "Indicator\tQ1\nRHI72\t60.9\n", "figures.tsv"),
    "bars": made(TABLE, "Indicator|Q1\nRHI72|60.9\n", "figures.txt"),
    "capital ending": made(TABLE, "Indicator,Q1\nRHI72,60.9\n", "FIGURES.CSV"),
    "dots in the name": made(TABLE, "Indicator,Q1\nRHI72,60.9\n", "Q1 2017.18 final.v2.csv"),
    "byte-order mark": made(TABLE, "Indicator,Q1\nRHI72,60.9\n", encoding="utf-8-sig"),
    "utf-16 as Excel writes it": made(TABLE, "Indicator\tQ1\r\nRHI72\t60.9\r\n", "figures.txt", "utf-16"),
    "utf-16 the other way round": made(TABLE, "\ufeffIndicator,Q1\nRHI72,60.9\n", encoding="utf-16-be"),
    "windows-1252": made([(1, ["Children’s cost", "£5–6"])], "Children’s cost,£5–6\n", encoding="cp1252"),
    "utf-8 without mark": made([(1, ["Children’s cost", "£5–6"])], "Children’s cost,£5–6\n"),
    "carriage returns and line feeds": made(TABLE, "Indicator,Q1\r\nRHI72,60.9\r\n"),
    "carriage returns only": made(TABLE, "Indicator,Q1\rRHI72,60.9\r"),
    "no line end at the end": made(TABLE, "Indicator,Q1\nRHI72,60.9"),
    "sep line": made([(2, ["a", "1,5"]), (3, ["b", "2"])], "sep=;\r\na;1,5\r\nb;2\r\n"),
    "decimal commas between semicolons": made(
        [(1, ["1,5", "2,5"]), (2, ["3,5", "4,5"])], "1,5;2,5\n3,5;4,5\n"
    ),
    "semicolons in a text": made(
        [(1, ["a; b", "1"]), (2, ["c", "2"]), (3, ["d", "3"])], "a; b,1\nc,2\nd,3\n"
    ),
    "commas in a text between tabs": made(
        [(1, ["Barking, Havering", "1"]), (2, ["Bexley, Bromley", "2"])],
        "Barking, Havering\t1\nBexley, Bromley\t2\n",
    ),
    "title row": made(
        [(1, ["Scorecard", None, None]), (2, ["a", "b", "c"]), (3, ["1", "2", "3"])],
        "Scorecard\na;b;c\n1;2;3\n",
    ),
    "one column": made([(1, ["RHI72"]), (2, ["60.9"])], "RHI72\n60.9\n"),
    "quoted separators": made([(1, ["a, b", "1,234"])], '"a, b","1,234"\n'),
    "quoted line ends": made([(1, ["a\nb", "1"]), (2, ["c", "2"])], '"a\nb",1\nc,2\n'),
    "doubled quotation marks": made([(1, ['the "gap"', "1"])], '"the ""gap""",1\n'),
    "quotation mark in a word": made([(1, ['5" pipe', "1"])], '5" pipe,1\n'),
    "quotation mark after a space": made([(1, ["a", "b, c", "d"])], 'a, "b, c", d\n'),
    "ragged rows": made(
        [(1, ["a", "b", "c"]), (2, ["1", None, None]), (3, ["1", "2", "3"])], "a,b,c\n1\n1,2,3\n"
    ),
    "blank rows between": made([(1, ["a", "b"]), (4, ["c", "d"])], "a,b\n\n , \xa0\nc,d\n"),
    "blank rows and columns around": made([(2, [None, "a"]), (3, [None, "b"])], ",,,\n,a,,\n,b,,\n,,,\n"),
    "numbers as written": made(
        [(1, ["044", "1,234", "1e3", " 60.9% RED"])], "044\t1,234\t1e3\t 60.9% RED\n", "figures.tsv"
    ),
    "hyphens that do not break": made([(1, ["18‐21", "a\xa0b", "−5"])], "18‐21,a\xa0b,−5\n"),
    "word that looks like a zip file": made([(1, ["PK", "BMI"])], "PK,BMI\n"),
    "less than five": made([(1, ["<5", "1"])], "<5,1\n"),
    "as many columns as there may be": made([(1, ["1"] * 1000)], ",".join(["1"] * 1000)),
    "as many columns, and blank ones behind": made([(1, ["1"] * 1000)], ",".join(["1"] * 1000) + "," * 9000),
    "cell as long as it may be": made([(1, ["a", "x" * 32_767])], f"a,{'x' * 32_767}\n"),
    "scorecard of Havering": MadeFile(
        "scorecard.csv",
        lambda: published("havering_q1_2017_18_scorecard_layout.csv"),
        [
            (1, ["Quarter 1 Performance 2017/18", *[None] * 6]),
            (
                2,
                [
                    "Indicator and Description",
                    "Value",
                    "2017/18 Annual Target",
                    "2017/18 Q1 Target",
                    "2017/18 Q1 Performance",
                    "Short Term DOT against 2016/17 (Q4)",
                    "Long Term DOT against Q1 2016/17",
                ],
            ),
            (
                3,
                [
                    "No. of early years education offers extended to disadvantaged 2 year olds",
                    "Bigger is better",
                    "841",
                    "841",
                    "N/A",
                    "‐ N/A",
                    "‐ N/A",
                ],
            ),
            (
                4,
                [
                    "% of young people leaving care who are in education, employment or training at ages 18‐21",
                    "Bigger is better",
                    "80%",
                    "80%",
                    "60.9% RED",
                    "67.2%",
                    "62.3%",
                ],
            ),
            (
                5,
                [
                    "% of children who wait less than 14 months between entering care and moving in with their "
                    "adopting family",
                    "Bigger is better",
                    "75%",
                    "75%",
                    "60% RED",
                    "47%",
                    "44%",
                ],
            ),
            (
                6,
                ["Total no. of in‐house foster carers", "Bigger is better", "90", "90", "78 RED", "77", "81"],
            ),
            (
                7,
                [
                    "% of looked after children who ceased to be LAC as a result of permanency (adoption and "
                    "special guardianship)",
                    "Bigger is better",
                    "16%",
                    "16%",
                    "14.8% RED",
                    "14.7%",
                    "16.6%",
                ],
            ),
        ],
    ),
}
