"""Other people's files: read into our schema, every refusal explained, nothing guessed silently, nothing lost."""

from geodata.intake.case import Intake
from geodata.intake.door import admit, as_it_stands, drawn, in_own_schema, open_file
from geodata.intake.ground import Ground
from geodata.intake.mapping import Mapping, remember, remembered
from geodata.intake.verdicts import FIXED, HELD_BACK, LEVELS, NO_EVENT, WARNED, Question, Verdict

__all__ = ["FIXED", "HELD_BACK", "LEVELS", "NO_EVENT", "WARNED", "Ground", "Intake", "Mapping", "Question", "Verdict", "admit", "as_it_stands",
           "drawn", "in_own_schema", "open_file", "remember", "remembered"]  # fmt: skip
