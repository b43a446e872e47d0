//! The conditions that an expression runs under: branches that it stands in, and guard clauses in front of it.

use super::tree::{BlockId, BlockKind, Exit, ExitKind, ExpressionId, Script};

/// A test that decides whether an expression runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    /// What is tested; for a `case`, the subject of its `switch`.
    pub test: ExpressionId,
    /// Whether the test must hold.
    pub holds: bool,
    /// How the test keeps the expression from running.
    pub kind: ConditionKind,
}

/// How a test keeps an expression from running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConditionKind {
    /// The expression stands in this branch.
    Branch(BlockId),
    /// `if (test) return;` in front of the expression; the byte offset of what leaves.
    GuardClause(u32),
}

impl Script {
    /// The conditions of an expression within its function: branches, the innermost first, then guard clauses in order.
    #[must_use]
    pub fn conditions(&self, id: ExpressionId) -> Vec<Condition> {
        let expression = self.expression(id);
        let mut found = self.branches(expression.block);
        let exits = &self.function(expression.function).exits;
        let earlier = exits.iter().take_while(|exit| exit.start < expression.start);
        found.extend(earlier.filter_map(|exit| self.guard_clause(exit, expression.block)));
        found
    }

    /// A block and those around it, the innermost first.
    pub fn blocks_around(&self, block: BlockId) -> impl Iterator<Item = BlockId> {
        std::iter::successors(Some(block), |id| self.block(*id).parent)
    }

    /// Whether a block is another or stands in it.
    #[must_use]
    pub fn is_within(&self, inner: BlockId, outer: BlockId) -> bool {
        self.blocks_around(inner).any(|block| block == outer)
    }

    fn branches(&self, block: BlockId) -> Vec<Condition> {
        let branch = |id| {
            let (test, holds) = self.branch(id)?;
            let kind = ConditionKind::Branch(id);
            Some(Condition { test, holds, kind })
        };
        self.blocks_around(block).filter_map(branch).collect()
    }

    /// The test of a branch and whether it must hold.
    fn branch(&self, block: BlockId) -> Option<(ExpressionId, bool)> {
        match self.block(block).kind {
            BlockKind::Then(test) => Some((test, true)),
            BlockKind::Otherwise(test) => Some((test, false)),
            BlockKind::Case { subject, .. } => Some((subject, true)),
            _ => None,
        }
    }

    /// What an exit makes the condition of what follows it in a block: the innermost test between the two. What fails of
    /// itself (`catch`) and what a `switch` leaves is none.
    fn guard_clause(&self, exit: &Exit, block: BlockId) -> Option<Condition> {
        if matches!(exit.kind, ExitKind::Continue | ExitKind::Break) {
            let left = |id: &BlockId| match self.block(*id).kind {
                BlockKind::Loop => true,
                BlockKind::Case { .. } => exit.kind == ExitKind::Break,
                _ => false,
            };
            let left = self.blocks_around(exit.block).find(left)?;
            if self.block(left).kind != BlockKind::Loop || !self.is_within(block, left) {
                return None;
            }
        }
        let between = self
            .blocks_around(exit.block)
            .take_while(|id| !self.is_within(block, *id));
        let mut test = None;
        for id in between {
            match self.block(id).kind {
                BlockKind::Then(_) | BlockKind::Otherwise(_) => test = test.or_else(|| self.branch(id)),
                BlockKind::Try | BlockKind::Finally => {}
                _ => return None,
            }
        }
        let (test, holds) = test?;
        Some(Condition {
            test,
            holds: !holds,
            kind: ConditionKind::GuardClause(exit.start),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{ConditionKind, Script};
    use crate::web::syntax::{
        document::{kind, read},
        tree::ExpressionKind,
    };

    /// The conditions of each call of `work`, guard clauses with a `;`.
    #[track_caller]
    fn check(body: &str, expected: &[&str]) {
        let text = format!("function f(a, b, items) {{ {body} }}");
        let document = read("a.ts", &text, kind("a.ts").expect("a script"));
        let script: &Script = &document.scripts[0].parsed.script;
        let is_work = |id: &_| matches!(script.kind(*id), ExpressionKind::Call { callee, .. } if script.written(*callee) == "work");
        let shown = script.expression_ids().filter(is_work).map(|id| {
            let conditions = script.conditions(id).into_iter().map(|condition| {
                let not = if condition.holds { "" } else { "not " };
                let end = match condition.kind {
                    ConditionKind::Branch(_) => "",
                    ConditionKind::GuardClause(_) => ";",
                };
                format!("{not}{}{end}", script.written(condition.test))
            });
            conditions.collect::<Vec<_>>().join(" ")
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn branches_are_conditions_of_what_stands_in_them() {
        check(
            "if (a) { if (b) work(); } else { work(); } work();",
            &["b a", "not a", ""],
        );
    }

    #[test]
    fn guard_clauses_are_conditions_of_what_follows_them() {
        check(
            "work(); if (!a) return; work(); if (b) throw new Error(); work();",
            &["", "not !a;", "not !a; not b;"],
        );
        check(
            "if (a) { if (b) return; work(); } work();",
            &["a not b;", "not b;"],
        );
        check("if (a) { work(); } else { return; } work();", &["a", "a;"]);
        check("try { load(); } catch { return; } work();", &[""]);
    }

    #[test]
    fn what_leaves_a_loop_is_a_condition_within_it_only() {
        check(
            "for (const i of items) { if (a) continue; work(); } work();",
            &["not a;", ""],
        );
        check("switch (a) { case 1: if (b) break; work(); } work();", &["a", ""]);
        check("for (const i of items) { if (a) return; } work();", &[""]);
    }
}
