"""What was looked at, and how it was."""


class Report:
    def __init__(self):
        self.bad = 0
        self.all = 0

    def look(self, what, as_it_should_be, shown=""):
        """One line; when it is not as it should be, with what was seen."""
        self.all += 1
        print(f"  {'ok ' if as_it_should_be else 'BAD'} {what}", flush=True)
        if not as_it_should_be:
            self.bad += 1
            print("      " + str(shown).strip().replace("\n", "\n      "), flush=True)

    def left_out(self, what, why):
        print(f"  NOT TRIED: {what}: {why}", flush=True)

    def status(self):
        print(f"{self.all} looked at, {self.bad} bad")
        return 1 if self.bad or not self.all else 0
