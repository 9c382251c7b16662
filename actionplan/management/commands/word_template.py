from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from actionplan.reports.word import look


class Command(BaseCommand):
    help = "Write the template of papers in Word, to change its styles, header and footer there; see WORD_TEMPLATE."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE.docx")

    def handle(self, file, **options):
        if file.exists():
            raise CommandError(f"{file} is there already. Choose another name.")
        look.opened().save(file)
        self.stdout.write(f"Wrote {file}. Change it in Word, then set WORD_TEMPLATE to its path.")
