"""What a month's paper shows drawn, by the names that its blocks know it by."""

from actionplan.reports.document import MonthDocument
from actionplan.reports.paper.annexes import chart_name
from actionplan.reports.paper.figures import spark_alone, spark_name
from actionplan.reports.typesetting import in_type
from kpis.charts.drawing import svgs


def drawings(document: MonthDocument) -> dict[str, str]:
    """The charts of the indicators and the trends of the headline ones, as SVG in the paper's own type."""
    sheets = document.annexes.indicators
    charts = zip(sheets, svgs([sheet.chart for sheet in sheets]), strict=True)
    return {
        **{chart_name(sheet): in_type(svg) for sheet, svg in charts},
        **{spark_name(line): spark_alone(line) for line in document.report.indicators if line.spark},
    }
