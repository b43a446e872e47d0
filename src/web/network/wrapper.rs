//! Functions that stand between a request and those who know its address.

use super::{
    address::{self, Open},
    request::{Request, request},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionKind, FunctionId},
    values::{Caller, Closure, Environment, Evaluator, ParameterValue, Site, Text, Value},
};

/// Wrappers that a request may go through.
const MAX_WRAPPERS: usize = 6;
/// Calls that one request may stand for.
const MAX_CALLS: usize = 400;

/// A request at the place where its address is known.
#[derive(Clone, Debug)]
pub(super) struct Lifted {
    pub request: Request,
    /// The request, within the calls that lead to it.
    pub site: Site,
    /// Where the address is known.
    pub location: Site,
    /// The places in between, the outermost first.
    pub through: Vec<Site>,
    pub reason: Option<String>,
}

/// Follows a request to those who say its address.
pub(super) fn lift(evaluator: &Evaluator<'_>, site: &Site) -> Vec<Lifted> {
    let mut out = vec![];
    Lifting { evaluator, raw: site }.expand(&[], 0, &mut out);
    out
}

/// Follows a call of a function that is handed over, `send(url)` where `send` is a parameter, to those who hand over
/// the method of a client.
pub(super) fn lift_handed(evaluator: &Evaluator<'_>, site: &Site) -> Vec<Lifted> {
    let mut out = vec![];
    for callee in evaluator.callees(site) {
        let Value::Parameter(parameter) = callee else {
            continue;
        };
        if !parameter.members.is_empty() {
            continue;
        }
        let callers = evaluator.callers(parameter.module, parameter.function);
        for caller in callers
            .iter()
            .filter(|caller| hands_over_external(evaluator, caller, &parameter))
        {
            Lifting { evaluator, raw: site }.expand(&[Step::Call(caller.clone())], 1, &mut out);
        }
    }
    out
}

fn hands_over_external(evaluator: &Evaluator<'_>, caller: &Caller, parameter: &ParameterValue) -> bool {
    let arguments = evaluator.arguments_of(&caller.site);
    let Some(argument) = arguments
        .get(parameter.index as usize)
        .filter(|argument| !argument.spread)
    else {
        return false;
    };
    let values = evaluator.values_at(&Site {
        expression: argument.value,
        ..caller.site.clone()
    });
    values
        .iter()
        .any(|value| matches!(value, Value::External(_) | Value::Parameter(_)))
}

struct Lifting<'e, 'p> {
    evaluator: &'e Evaluator<'p>,
    raw: &'e Site,
}

/// A call of a wrapper, or a library that calls it with known values.
#[derive(Clone)]
enum Step {
    Call(Caller),
    Handed {
        site: Site,
        closure: Closure,
        values: Vec<Value>,
    },
}

impl Step {
    fn site(&self) -> &Site {
        match self {
            Self::Call(caller) => &caller.site,
            Self::Handed { site, .. } => site,
        }
    }
}

/// A request within the calls that lead to it.
struct Instance {
    site: Site,
    /// Whether the arguments of the calls leave the request open, as far as that is known.
    is_reached: bool,
}

impl Lifting<'_, '_> {
    fn expand(&self, chain: &[Step], located: usize, out: &mut Vec<Lifted>) {
        if out.len() >= MAX_CALLS {
            return;
        }
        let Some(Instance { site, .. }) = self.instantiate(chain) else {
            return;
        };
        let Some(request) = request(self.evaluator, &site) else {
            return;
        };
        let top = chain.last().map_or(self.raw, Step::site);
        let addresses = address::best_whole(request.addresses.clone());
        let open = addresses
            .iter()
            .find_map(|text| address::open(text, |parameter| self.encloses(parameter, top)));
        let method_open = request.methods.iter().all(|method| method == "?");
        let Some(open) = open.filter(|_| chain.len() < MAX_WRAPPERS) else {
            let open = match addresses.first() {
                Some(text) if !text.has_literal() => Some(unknown(&request)),
                _ => None,
            };
            out.push(self.found(request, site, chain, located, open));
            return;
        };
        let (Open::Path(parameter)
        | Open::Base(parameter)
        | Open::Segment(parameter)
        | Open::Rest(parameter, _)) = &open;
        let chains: Vec<Vec<Step>> = self
            .steps(parameter, chain)
            .into_iter()
            .map(|step| [chain, &[step]].concat())
            .collect();
        let is_called = !chains.is_empty();
        let chains: Vec<Vec<Step>> = chains
            .into_iter()
            .filter(|chain| self.instantiate(chain).is_none_or(|instance| instance.is_reached))
            .collect();
        // Each caller asks for another one of the requests that a function chooses from.
        if is_called && chains.is_empty() {
            return;
        }
        let located_then = match open {
            Open::Base(_) if !method_open => located,
            _ => chain.len() + 1,
        };
        let by_element = chains.iter().filter_map(|chain| chain.last()).any(|step| {
            let site = step.site();
            let script = self.evaluator.project.script(site.module);
            matches!(script.kind(site.expression), ExpressionKind::Element(_))
        });
        let mut inner = vec![];
        for longer in &chains {
            self.expand(longer, located_then, &mut inner);
        }
        let is_known = |found: &Lifted| {
            let best = address::best_whole(found.request.addresses.clone());
            best.iter().all(address::has_known_path)
        };
        let is_better = match open {
            // An attribute of a component is a value, not an address.
            Open::Segment(_) => !by_element && inner.iter().all(is_known),
            // `/v1${path}` is a path in two parts where what is handed over begins with a slash.
            Open::Rest(_, ref known) => inner.iter().all(|found| {
                let best = address::best_whole(found.request.addresses.clone());
                best.iter()
                    .any(|text| text.display().contains(&format!("{known}/")))
                    || is_known(found) && !by_element
            }),
            // Callers of whom none says anything of it are no place to look at.
            Open::Path(_) => inner.iter().any(|found| {
                let best = address::best_whole(found.request.addresses.clone());
                best.iter().any(Text::has_literal)
            }),
            Open::Base(_) => true,
        };
        if !inner.is_empty() && is_better {
            out.extend(inner);
            return;
        }
        let reason = matches!(open, Open::Path(_)).then(|| {
            let name = &self
                .evaluator
                .project
                .script(parameter.module)
                .function(parameter.function)
                .name;
            format!("no call of `{name}` that says the address is known")
        });
        out.push(self.found(request, site, chain, located, reason));
    }

    fn found(
        &self,
        request: Request,
        site: Site,
        chain: &[Step],
        located: usize,
        reason: Option<String>,
    ) -> Lifted {
        let place = |index: usize| match index {
            0 => self.raw.clone(),
            index => chain[index - 1].site().clone(),
        };
        Lifted {
            request,
            site,
            location: place(located),
            through: (0..located).rev().map(place).collect(),
            reason,
        }
    }

    /// The request within the calls that lead to it.
    fn instantiate(&self, chain: &[Step]) -> Option<Instance> {
        let mut environment = Environment::default();
        let mut is_reached = true;
        for step in chain.iter().rev() {
            environment = match step {
                Step::Call(caller) => {
                    let site = Site {
                        environment,
                        ..caller.site.clone()
                    };
                    is_reached &= !self.evaluator.is_never_reached(&site);
                    self.evaluator.enter(&caller.closure, &site)?
                }
                Step::Handed { closure, values, .. } => {
                    self.evaluator.enter_with(closure, vec![values.clone()])?
                }
            };
        }
        let site = Site {
            environment,
            ..self.raw.clone()
        };
        is_reached &= !self.evaluator.is_never_reached(&site);
        Some(Instance { site, is_reached })
    }

    fn encloses(&self, parameter: &ParameterValue, top: &Site) -> bool {
        let script = self.evaluator.project.script(top.module);
        let mut next = Some(script.expression(top.expression).function);
        while let Some(function) = next {
            if parameter.module == top.module && parameter.function == function {
                return true;
            }
            next = script.function(function).parent;
        }
        false
    }

    fn steps(&self, parameter: &ParameterValue, chain: &[Step]) -> Vec<Step> {
        let (module, function) = (parameter.module, parameter.function);
        let is_new = |site: &Site| chain.iter().all(|step| step.site() != site);
        let mut steps: Vec<Step> = self
            .evaluator
            .callers(module, function)
            .iter()
            .filter(|caller| is_new(&caller.site) && !self.evaluator.project.is_test(caller.site.module))
            .cloned()
            .map(Step::Call)
            .collect();
        if parameter.index == 0 {
            steps.extend(self.fetched(module, function));
        }
        steps
    }

    /// `useSWR(key, fetcher)`: the fetcher is called with the key (<https://swr.vercel.app/docs/data-fetching>).
    fn fetched(&self, module: ModuleId, function: FunctionId) -> Vec<Step> {
        let mut steps = vec![];
        for passed in self.evaluator.passed(module, function) {
            if self.evaluator.project.is_test(passed.site.module) {
                continue;
            }
            let is_swr = passed.to.as_ref().is_some_and(|to| {
                to.package().is_some_and(|(package, _)| package == "swr") && passed.argument == 1
            });
            let arguments = self.evaluator.arguments_of(&passed.site);
            if let Some(key) = arguments.first().filter(|_| is_swr) {
                let values = self.evaluator.values_at(&Site {
                    expression: key.value,
                    ..passed.site.clone()
                });
                steps.push(Step::Handed {
                    site: passed.site.clone(),
                    closure: Closure {
                        module,
                        function,
                        environment: Environment::default(),
                        this: None,
                    },
                    values,
                });
            }
        }
        steps
    }
}

fn unknown(request: &Request) -> String {
    format!("the value of `{}` is not known", request.written)
}
