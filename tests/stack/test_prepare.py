"""What is said while the database is prepared."""

import io

from isecg.stack.prepare import SAY_EVERY, Counting


def test_every_so_many_steps_are_counted_on_a_line_of_their_own() -> None:
    said = io.StringIO()
    counting = Counting(said)
    for number in range(SAY_EVERY + 1):
        counting.write(f"  Applying app.{number:04}...")
        counting.write(" OK\n")
    lines = said.getvalue().splitlines()
    assert [line for line in lines if not line.startswith("  Applying")] == [
        f"migrate: {SAY_EVERY} steps taken ..."
    ]
    assert len(lines) == SAY_EVERY + 2
