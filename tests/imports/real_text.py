"""Text files as councils, the DfE and others publish them, figures made up: what a person says of each on the way,
and what comes of it."""

from collections.abc import Callable
from dataclasses import dataclass, field

EES = "time_period,time_identifier,geographic_level,country_name,region_name,old_la_code,la_name"
ENGLAND = "201617,Financial year,National,England,,,"
LONDON = "201617,Financial year,Regional,England,London,,"
HAVERING = "201617,Financial year,Local authority,England,Outer London,311,Havering"
SCILLY = "201617,Financial year,Local authority,England,South West,420,Isles of Scilly"
EET = '19 to 21,"In education, employment or training"'
FINGERTIPS = (
    "Indicator ID,Indicator Name,Parent Name,Area Code,Area Name,Area Type,Sex,Age,Time period,Value,"
    "Lower CI 95.0 limit,Upper CI 95.0 limit,Count,Denominator,Recent Trend,Time period Sortable"
)


@dataclass
class RealFile:
    """A file, what is changed on the pages of its import, and the figures that are taken in the end."""

    name: str
    make: Callable[[], bytes]
    figures: list[str]
    columns: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)


def text(*lines: str, end: str = "\r\n", encoding: str = "utf-8") -> Callable[[], bytes]:
    return lambda: end.join([*lines, ""]).encode(encoding)


TEXT = {
    "DfE’s interactive tool, every area": RealFile(
        "lait.csv",
        text(
            "Short Desc,Data item,Years,LA and Regions,Values,LA Number,Region",
            "PrevRegCPR,Percentage previously registered,2016,England,17.899999999999999,,",
            "PrevRegCPR,,2016,Statistical Neighbours,18.2,,",
            "PrevRegCPR,,2016,Havering,14.800000000000001,311.0,Outer London",
            "PrevRegCPR,,2017,Havering,-,311.0,Outer London",
            "PrevRegCPR,,2016,Barking and Dagenham,12,301.0,Outer London",
        ),
        [
            "Repeat, England, 2015-16: 17.9%",
            "Repeat, 2015-16: 14.8%",
            "Repeat, 2016-17: not collected or negligible",
        ],
        columns={"year_means": "financial"},
        left_out={"Statistical Neighbours": 1, "Barking and Dagenham": 1},
    ),
    "explore education statistics, a figure a column": RealFile(
        "b1_children_in_need.csv",
        text(
            f"\ufeff{EES},At_31_episodes,At_31_episodes_rate",
            f"{ENGLAND},389430,330.4",
            f"{LONDON},69870,352.3",
            f"{HAVERING},1731,306.1",
            f"{SCILLY},c,c",
        ),
        [
            "Need rate, England, 31 March 2017: 330.4 per 10,000",
            "Need rate, London, 31 March 2017: 352.3 per 10,000",
            "Need rate, 31 March 2017: 306.1 per 10,000",
        ],
        columns={"role_8": "value", "indicator": "cin-rate-dfe"},
        left_out={"England South West Isles of Scilly": 1},
    ),
    "explore education statistics, a filter that names the indicator": RealFile(
        "care_leavers_activity.csv",
        text(
            f"{EES},age,activity,number,percentage",
            f"{ENGLAND},19 to 21,Total,26340,100",
            f"{ENGLAND},{EET},13250,50.3",
            f"{HAVERING},19 to 21,Total,120,100",
            f"{HAVERING},{EET},c,c",
            f"{LONDON},{EET},z,low",
        ),
        [
            "EET 19-21, England, 2016-17: 50.3%",
            "EET 19-21, 2016-17: withheld to protect children’s identity",
            "EET 19-21, London, 2016-17: not collected or negligible",
        ],
        columns={"role_8": "indicator"},
        names={"In education, employment or training": "cl-eet-dfe"},
        left_out={"Total": 2},
    ),
    "the DfE’s rows without any area": RealFile(
        "la_only.csv",
        text(
            "time_period,time_identifier,geographic_level,la_name,value",
            "2017,Reporting year,National,,60.1",
            "2017,Reporting year,Local authority,Havering,62.3",
        ),
        ["Repeat, 2016-17: 62.3%"],
        columns={"indicator": "cp-repeat-dfe", "year_means": "financial"},
        refused=[
            "D2 This row does not say which area it is about. Choose the columns with the region and the country as "
            "areas too, or the area that a blank cell means."
        ],
    ),
    "public health profiles, by sex": RealFile(
        "indicators-CountyUA.data.csv",
        text(
            FINGERTIPS,
            "1,CIN,,E92000001,England,England,Persons,<18 yrs,2015/16,337.7,336,338,394400,11678000,Up,20150000",
            "1,CIN,England,E09000016,Havering,UA,Persons,<18 yrs,2015/16,306.1,291,320,1731,56550,Up,20150000",
            "1,CIN,England,E09000016,Havering,UA,Male,<18 yrs,2015/16,326.1,301,340,931,28550,Up,20150000",
        ),
        ["Need rate, England, 31 March 2016: 337.7 per 10,000", "Need rate, 31 March 2016: 306.1 per 10,000"],
        columns={"role_6": "indicator"},
        names={"CIN Persons": "cin-rate-dfe"},
        left_out={"CIN Male": 1},
    ),
    "corporate performance report": RealFile(
        "Appendix 1.csv",
        text(
            "Appendix 1: Quarter 3 Corporate Performance Report",
            "",
            "Ref,Indicator,Value,Target for 2016/17,2016/17 Q3 Target,2016/17 Q3 Performance,DOT against 2016/17 Q2",
            "CH1,Care leavers in EET,Bigger is better,70%,70%,64.3% AMBER,‐ 62%",
            "CH2,In‐house foster carers,Bigger is better,90,88,81 RED,↓ 83",
            "CH3,Care proceedings,Smaller is better,26,26,29 RED,→ 29",
            ",,,,,,,",
            '"RAG: red is outside the tolerance",,,,,,,',
        ),
        ["EET, Q3 2016-17: 64.3%", "Carers, Q3 2016-17: 81", "Proceedings, Q3 2016-17: 29 weeks"],
        names={
            "In-house foster carers": "foster-carers",
            "Care leavers in EET": "cl-eet",
            "Care proceedings": "proc-weeks",
        },
    ),
    "monthly extract of the case system": RealFile(
        "LCS_monthly_KPI_extract.csv",
        text(
            "Report name:,CSC Monthly KPIs v3",
            "Run on:,05/06/2017 08:14",
            "",
            "Measure,Reporting period start,Reporting period end,Numerator,Denominator,Result (%)",
            "Interviews,01/04/2017,30/04/2017,14,20,70.0",
            "Interviews,01/05/2017,31/05/2017,19,27,70.4",
            "Supervision,01/05/2017,31/05/2017,0,0,",
            "Grand total,,,33,47,",
        ),
        [
            "Interviews, April 2017: 70%, 14 of 20",
            "Interviews, May 2017: 70%, 19 of 27",
            "Supervision, May 2017: 0 of 0",
        ],
        left_out={"Grand total": 1},
    ),
    "one part of a share alone": RealFile(
        "LCS.csv",
        text(
            "Measure,Month,Numerator,Denominator,Percentage",
            "Interviews,May-17,19,27,70.4",
            "Supervision,May-17,28,,82.4",
            "Seen,May-17,28,43,56",
        ),
        ["Interviews, May 2017: 70%, 19 of 27"],
        refused=[
            "D3 Give both the numerator and the denominator, or neither.",
            "E4 56 does not agree with 28 of 43, which make 65.1%. Correct one of them, or leave out the columns of "
            "the counts.",
        ],
        names={"Seen": "cl-contact"},
    ),
    "decimal commas": RealFile(
        "Power BI.csv",
        text(
            "\ufeffIndicator;Month;Value;RAG",
            "Interviews;2017 April;70,0;Amber",
            "Interviews;2017 May;70,4;Amber",
        ),
        [],
        columns={"role_2": "value"},
        refused=[
            "C2 “70,0” has a comma for a point. Write 70.0.",
            "C3 “70,4” has a comma for a point. Write 70.4.",
        ],
    ),
    "a visual’s data with a total": RealFile(
        "data.csv",
        text(
            "\ufeffIndicator,Month Year,% in time",
            "Interviews,Apr 2017,70.00%",
            "Supervision,Apr 2017,82.35%",
            "Total,,74.24%",
        ),
        ["Interviews, April 2017: 70%", "Supervision, April 2017: 82.35%"],
        left_out={"Total": 1},
    ),
    "UTF-16 with tabs": RealFile(
        "data.txt",
        text(
            "KPI\tMonth\tActual",
            "Interviews\tMay 2017\t70.4",
            "Children in need\tMay 2017\t1,301",
            encoding="utf-16",
        ),
        ["Interviews, May 2017: 70.4%", "Children in need, May 2017: 1,301"],
    ),
    "Windows-1252": RealFile(
        "return.csv",
        text(
            "Indicator,Period,Value,Comment",
            "Interviews,May 2017,71.5%,Children’s choice – £1.2m “stable”",
            encoding="cp1252",
        ),
        ["Interviews, May 2017: 71.5%"],
    ),
    "days before months that nobody has ordered": RealFile(
        "first days.csv",
        text("KPI,Date,Value", "Interviews,01/04/2017,70"),
        [],
        refused=["B2 “01/04/2017”: 1 April 2017 or 4 January 2017? Say which order the file uses."],
    ),
    "days before months": RealFile(
        "first days.csv",
        text("KPI,Date,Value", "Interviews,01/04/2017,70", "Interviews,01/05/2017,72"),
        ["Interviews, April 2017: 70%", "Interviews, May 2017: 72%"],
        columns={"day_first": "day"},
    ),
    "months before days": RealFile(
        "us.csv",
        text("KPI,Date,Value", "Interviews,04/30/2017,70", "Interviews,05/01/2017,72"),
        ["Interviews, April 2017: 70%", "Interviews, May 2017: 72%"],
        columns={"day_first": "month"},
    ),
    "parts of one that nobody has explained": RealFile(
        "shares.csv",
        text("KPI,Month,Result", "Interviews,Apr-17,0.7", "Supervision,Apr-17,1"),
        [],
        refused=[
            "C2 “0.7” may be 70% or 0.7%. Say what such percentages mean in this file.",
            "C3 “1” may be 100% or 1%. Say what such percentages mean in this file.",
        ],
    ),
    "parts of one": RealFile(
        "shares.csv",
        text("KPI,Month,Result", "Interviews,Apr-17,0.7", "Supervision,Apr-17,1"),
        ["Interviews, April 2017: 70%", "Supervision, April 2017: 100%"],
        columns={"shares": "parts"},
    ),
    "quoted thousands and a row of totals": RealFile(
        "quoted.csv",
        text(
            '"Indicator","Period","Value",""',
            '"Children in need","May 2017","1,301",""',
            ",,,",
            '"Total","","1,589",""',
        ),
        ["Children in need, May 2017: 1,301"],
        left_out={"Total": 1},
    ),
    "counts in words": RealFile(
        "fractions.csv",
        text(
            "KPI,Apr 2017,May 2017",
            "Interviews,70% (14/20),70% (19/27)",
            "Supervision,118 of 130 (91%),120 of 131",
        ),
        [
            "Interviews, April 2017: 70%, 14 of 20",
            "Interviews, May 2017: 70%, 19 of 27",
            "Supervision, April 2017: 91%, 118 of 130",
            "Supervision, May 2017: 92%, 120 of 131",
        ],
    ),
    "a row for each part of a figure": RealFile(
        "long.tsv",
        text(
            "Measure ID\tMeasure\tReporting month\tValue type\tValue",
            "12\tInterviews\tMay-17\tNumerator\t19",
            "12\tInterviews\tMay-17\tPercentage\t70.4",
        ),
        ["Interviews, May 2017: 70.4%"],
        columns={"role_3": "indicator"},
        names={"Interviews Percentage": "rhi-72"},
        left_out={"Interviews Numerator": 1},
    ),
    "regional benchmarking, an area a column": RealFile(
        "ALDCS.csv",
        text(
            "Quarterly regional data set",
            "Measure,Year,Quarter,Havering,Bexley,Barking & Dagenham,London average,England",
            "Care leavers in EET,2016-17,Q4,60.9,58,55,54.2,x",
        ),
        [
            "EET, Q4 2016-17: 60.9%",
            "EET, Bexley, Q4 2016-17: 58.0%",
            "EET, England, Q4 2016-17: not available",
        ],
        names={"Care leavers in EET": "cl-eet"},
    ),
}
