from hashlib import sha256

from django.core.management.base import BaseCommand, CommandError

from actionplan.models import ReportFile


class Command(BaseCommand):
    help = "Compare every file of the frozen months with the SHA-256 that was stored when it froze."

    def handle(self, *args, **options):
        count, broken = 0, []
        files = ReportFile.objects.select_related("report__plan", "report__month").order_by(
            "report_id", "kind"
        )
        for file in files.iterator(chunk_size=5):  # a few megabytes each
            count += 1
            if sha256(bytes(file.content)).hexdigest() != file.sha256:
                broken.append(f"{file.report.plan.slug}: {file}")
        if broken:
            raise CommandError("Not as they were frozen:\n" + "\n".join(broken))
        self.stdout.write(f"All {count} files are as they were frozen.")
