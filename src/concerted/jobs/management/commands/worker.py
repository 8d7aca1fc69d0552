"""`concerted worker`: run jobs until told to stop, or with --batch until none waits, or with --once at most one."""

import signal
import sys
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from concerted.jobs import worker


class Command(BaseCommand):
    help = "Run background jobs"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="run at most one task, then end")
        parser.add_argument("--batch", action="store_true", help="run what waits now, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"] or options["batch"]:
            worker.run_some(timezone.now(), most=1 if options["once"] else None)
            return
        stop = threading.Event()

        def ask_to_stop(number: int, frame: FrameType | None) -> None:
            if stop.is_set():
                sys.exit(1)
            stop.set()

        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, ask_to_stop)
        worker.run_forever(stop)
