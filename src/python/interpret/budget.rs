//! What an interpretation may spend: steps and memory in all, and the share of them that a module, a statement of it and
//! a call get.
//!
//! A share that is used up ends that to which it was given and nothing else: the call gives an unknown value, the
//! statement is passed over, the module keeps the names that it has. Each is reported.

use super::{
    flow::{Eval, Flow},
    interpreter::{FindingKey, Interpreter},
    memory,
};
use crate::source::location::Location;

const MEBIBYTE: usize = 1 << 20;

/// Memory is looked at once in so many steps.
const LOOK: i64 = 1 << 10;

/// How many bytes a call gets, unless its caller has fewer. What is in use is known of the whole process only, so this is far
/// more than what other threads allocate meanwhile.
const LEAST_MEMORY_PER_CALL: usize = 256 * MEBIBYTE;

/// Limits of one interpretation. Each that is hit is reported.
#[derive(Clone, Debug)]
pub struct Budget {
    /// Statements, expressions and calls that may still be evaluated in all. Work on many items at once, such as
    /// copying a list, counts for several.
    pub steps: i64,
    /// How many of them a module may take, the modules that it imports not counted.
    pub per_module: i64,
    /// How many of them one statement of a module may take, the modules that it imports not counted.
    pub per_statement: i64,
    /// How many steps a module gets even when those for all are used up, so that nothing is lost behind one that is
    /// too expensive.
    pub least_per_module: i64,
    /// How many steps a call gets, unless its caller has fewer. Beyond these it gets half of what its caller has left.
    pub least_per_call: i64,
    /// How many bytes of memory may be in use in all.
    pub memory: usize,
    /// How many calls may be under way at once.
    pub depth: usize,
    /// How often one loop may run.
    pub iterations: usize,
    /// How many values one generator may give: those that have no end are made for a few of them.
    pub yields: usize,
    /// How many items a container, and bytes a text, may have.
    pub length: usize,
    share: Share,
    outer: Vec<Share>,
    given_up: Option<GivenUp>,
}

/// What the evaluation under way may spend.
#[derive(Clone, Copy, Debug)]
struct Share {
    /// The number of remaining steps at which it is used up.
    floor: i64,
    /// How many bytes of memory may be in use.
    ceiling: usize,
    /// The number of remaining steps when it was given.
    from: i64,
    /// The bytes in use when it was given.
    used: usize,
}

/// Where a share was used up, and why.
#[derive(Clone, Debug)]
struct GivenUp {
    location: Location,
    cause: &'static str,
}

impl Default for Budget {
    fn default() -> Self {
        let (steps, memory) = (60_000_000, 1536 * MEBIBYTE);
        Self {
            steps,
            per_module: 20_000_000,
            per_statement: 6_000_000,
            least_per_module: 30_000,
            least_per_call: 100_000,
            memory,
            depth: 180,
            iterations: 20_000,
            yields: 2_000,
            length: 1 << 20,
            share: Share {
                floor: 0,
                ceiling: memory,
                from: steps,
                used: 0,
            },
            outer: vec![],
            given_up: None,
        }
    }
}

impl Budget {
    /// The usual limits but for the number of steps.
    #[must_use]
    pub fn of_steps(steps: i64) -> Self {
        Self {
            steps,
            per_statement: steps,
            ..Self::default()
        }
    }

    /// The same limits for a program so many times smaller.
    #[cfg(test)]
    pub(super) fn divided_by(self, parts: i64) -> Self {
        Self {
            steps: self.steps / parts,
            per_module: self.per_module / parts,
            per_statement: self.per_statement / parts,
            least_per_module: self.least_per_module / parts,
            least_per_call: self.least_per_call / parts,
            ..self
        }
    }

    /// The limits for following one call with made-up input.
    #[must_use]
    pub fn for_trace(&self, steps: u64) -> Self {
        let steps = i64::try_from(steps).unwrap_or(i64::MAX);
        Self {
            depth: 90,
            iterations: 200,
            ..self.apart(steps, steps)
        }
    }

    /// The limits for importing a module that a followed call asks for.
    pub(super) fn for_import(&self) -> Self {
        let usual = Self::default();
        Self {
            share: Share {
                floor: 0,
                ..self.share
            },
            outer: vec![],
            steps: usual.per_statement,
            ..usual
        }
    }

    /// The limits for what is evaluated at its own expense, such as the source of a library.
    #[must_use]
    pub fn apart(&self, steps: i64, per_statement: i64) -> Self {
        Self {
            steps,
            per_module: steps,
            per_statement,
            share: Share {
                floor: 0,
                from: steps,
                ..self.share
            },
            outer: vec![],
            given_up: None,
            ..self.clone()
        }
    }

    /// Makes sure that there is enough left to read what was found, whatever it took to find it.
    pub fn replenish(&mut self) {
        self.steps = self.steps.max(self.per_module);
        let enough = (memory::in_use() + self.memory / 3).min(self.memory + self.memory / 3);
        self.share.ceiling = self.share.ceiling.max(enough);
    }

    /// Gives a part of the share under way to what is evaluated next.
    fn open(&mut self, steps: i64, bytes: usize) {
        let used = memory::in_use();
        self.outer.push(self.share);
        self.share = Share {
            floor: self.share.floor.max(self.steps - steps),
            ceiling: self.share.ceiling.min(used.saturating_add(bytes)),
            from: self.steps,
            used,
        };
    }

    pub(super) fn open_statement(&mut self) {
        self.open(self.per_statement, self.memory / 3);
    }

    pub(super) fn open_call(&mut self) {
        let left = self.share.ceiling.saturating_sub(memory::in_use());
        self.open(
            ((self.steps - self.share.floor) / 2).max(self.least_per_call),
            (left / 2).max(LEAST_MEMORY_PER_CALL),
        );
    }

    /// Ends the innermost share.
    pub(super) fn close(&mut self) {
        if let Some(outer) = self.outer.pop() {
            self.share = outer;
        }
    }

    /// Gives a module its share, which is not a part of that of the statement that imports it.
    pub(super) fn open_module(&mut self) {
        let used = memory::in_use();
        let most = (self.steps - self.per_module).max(0);
        self.outer.push(self.share);
        self.share = Share {
            floor: most.min(self.steps - self.least_per_module),
            ceiling: self.memory.min(used.saturating_add(2 * (self.memory / 3))),
            from: self.steps,
            used,
        };
    }

    /// Ends the share of a module: what it took does not count for those that import it.
    pub(super) fn close_module(&mut self) {
        let (spent, grown) = (
            self.share.from - self.steps,
            memory::in_use().saturating_sub(self.share.used),
        );
        let least = (self.steps - self.least_per_module).min(0);
        let total = self.memory;
        for share in &mut self.outer {
            share.floor = (share.floor - spent).max(least);
            share.ceiling = share.ceiling.saturating_add(grown).min(total);
        }
        self.close();
    }

    /// Whether the innermost share has nothing left.
    pub(super) fn is_spent(&self) -> bool {
        self.steps <= self.share.floor || memory::in_use() > self.share.ceiling
    }
}

impl Interpreter {
    /// Spends one step.
    ///
    /// # Errors
    /// [`Flow::Exhausted`] when none is left.
    pub fn step(&mut self) -> Eval<()> {
        self.spend(1)
    }

    /// Spends steps for work on this many items or bytes at once.
    ///
    /// # Errors
    /// [`Flow::Exhausted`] when too few are left.
    pub fn charge(&mut self, size: usize) -> Eval<()> {
        match i64::try_from(size / 16) {
            Ok(0) => Ok(()),
            Ok(steps) => self.spend(steps),
            Err(_) => Err(self.give_up("steps")),
        }
    }

    /// Spends steps for making a text or container of this length; false, and a finding, when it would be longer than
    /// what is followed.
    ///
    /// # Errors
    /// [`Flow::Exhausted`] when too few steps are left.
    pub fn has_room(&mut self, length: usize) -> Eval<bool> {
        let most = self.budget.length;
        if length > most {
            self.report(
                "budget-exceeded",
                format!("this makes a value longer than {most}, which is not followed"),
            );
            return Ok(false);
        }
        self.charge(length)?;
        Ok(true)
    }

    fn spend(&mut self, steps: i64) -> Eval<()> {
        let left = self.budget.steps.saturating_sub(steps);
        if left < self.budget.share.floor {
            return Err(self.give_up("steps"));
        }
        let is_time_to_look = left / LOOK != self.budget.steps / LOOK;
        if is_time_to_look && memory::in_use() > self.budget.share.ceiling {
            return Err(self.give_up("memory"));
        }
        self.budget.steps = left;
        Ok(())
    }

    fn give_up(&mut self, cause: &'static str) -> Flow {
        let location = self.here();
        self.budget.given_up = Some(GivenUp { location, cause });
        Flow::Exhausted
    }

    /// Reports at the present place that something was given up, once a place.
    pub fn report_given_up(&mut self, what: &str, consequence: &str) {
        let location = self.here();
        let is_known =
            |finding: &FindingKey| finding.code == "budget-exceeded" && finding.location == location;
        if self.findings.iter().any(is_known) {
            return;
        }
        let cause = self.budget.given_up.take();
        let (cause, last) = cause.map_or(("steps", String::new()), |given_up| {
            let Location {
                file, line, column, ..
            } = &given_up.location;
            let last = format!(" (it had come to `{file}:{line}:{column}`)");
            (given_up.cause, last)
        });
        let message = format!("{what} was given up, because it takes too much {cause}{last}; {consequence}")
            .replace("too much steps", "too many steps");
        self.report_at(location, "budget-exceeded", message);
    }
}
