"""The sample evidence, from `actionplan/sample/evidence.toml`, each piece marked as sample."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile

from actionplan.assurance.files import receive
from actionplan.enums import EvidenceSource, Stage
from actionplan.models import Action, Assurance, Evidence, Post

INTRANET = "https://intranet.havering.example/improvement/"


def load_evidence(
    rows: list[dict[str, Any]], posts: Mapping[str, Post], actions: Mapping[str, Action], team: Any
) -> None:
    """Add it to the actions of a plan that has just been made. Each assurance rests on what stood when it was made."""
    for row in rows:
        action = actions[row["action"]]
        adder = posts[row["by"]] if "by" in row else action.owner
        words = ("title", "shows", "dated_on", "added_on")
        evidence = Evidence(
            action=action,
            source=EvidenceSource(row["source"]),
            link=INTRANET + row["link"] if "link" in row else "",
            withdrawn_on=row.get("withdrawn_on"),
            withdrawn_because=row.get("withdrawn_because", ""),
            made_by=adder.holder or team,
            is_sample=True,
            **{name: row[name] for name in words},
        )
        if "name" in row:
            _put_file(evidence, row["name"], row["content"].lstrip().encode())
        evidence.save()
    for assurance in Assurance.objects.filter(is_sample=True).exclude(stage=Stage.WATCH):
        assurance.evidence.set(
            Evidence.objects.standing_on(assurance.made_on).filter(action=assurance.action_id)
        )


def _put_file(evidence: Evidence, name: str, content: bytes) -> None:
    """Store the file under a name that is the same each time, so that loading again leaves no second copy."""
    file = receive(name, content)
    evidence.name, evidence.size, evidence.sha256 = file.name, len(content), file.sha256
    key = str(PurePosixPath("sample", file.sha256))
    storage = evidence.file.storage
    evidence.file.name = key if storage.exists(key) else storage.save(key, ContentFile(content))
