//! Clients whose requests are chains of calls.

use super::{Reader, Request, joined};
use crate::web::values::{Evaluator, External, Origin, Site, Text, UseKind, Value, Values};

/// Calls of one chain.
const MAX_STEPS: usize = 12;

/// What a chain begins with, and the calls between that and its last one, in order.
struct Chain<'c> {
    first: &'c External,
    first_call: &'c Site,
    steps: Vec<(&'c str, &'c Site)>,
}

impl<'c> Chain<'c> {
    /// The chain in front of a call, by what is called.
    fn before(callee: &'c External) -> Option<Self> {
        let mut steps = vec![];
        let mut next = callee;
        for _ in 0..MAX_STEPS {
            let Origin::Result { callee, site } = &next.origin else {
                return None;
            };
            if let Origin::Library { .. } = callee.origin {
                steps.reverse();
                return Some(Self {
                    first: callee,
                    first_call: site,
                    steps,
                });
            }
            steps.push((callee.members.last()?.as_str(), &**site));
            next = callee;
        }
        None
    }
}

impl Reader<'_, '_> {
    /// `wretch(base).url('/items').post(body)`.
    pub(super) fn chained(&self, callee: &External) -> Option<Request> {
        let chain = Chain::before(callee)?;
        let (package, _) = chain.first.package()?;
        let [last] = callee.members.as_slice() else {
            return None;
        };
        match package.as_str() {
            "wretch" => self.wretch(&chain, last),
            _ => None,
        }
    }

    /// <https://elbywan.github.io/wretch/api/interfaces/index.Wretch>: `url` appends to the address unless it is told to replace
    /// it, `get(url)` and `post(body, url)` too.
    fn wretch(&self, chain: &Chain<'_>, verb: &str) -> Option<Request> {
        let (body, url) = match verb {
            "get" | "head" | "delete" | "opts" => (None, 0),
            "post" | "put" | "patch" => (Some(0), 1),
            "fetch" => (None, usize::MAX),
            _ => return None,
        };
        let mut addresses = first_texts(self.evaluator, chain.first_call);
        let mut request = Request {
            kind: "wretch".into(),
            methods: vec![match verb {
                "opts" => "OPTIONS".into(),
                "fetch" => "GET".into(),
                verb => verb.to_uppercase().into(),
            }],
            ..Request::default()
        };
        for (step, site) in &chain.steps {
            match *step {
                "url" => {
                    let texts = first_texts(self.evaluator, site);
                    let replaces = self.evaluator.arguments_of(site).len() > 1;
                    addresses = if replaces {
                        texts
                    } else {
                        appended(&addresses, &texts)
                    };
                }
                "json" | "body" | "formData" => request.body = first_values(self.evaluator, site),
                "headers" => request.headers = first_values(self.evaluator, site),
                "auth" => request.header_names.push("Authorization".into()),
                _ => {}
            }
        }
        if self.place(url).is_some() {
            addresses = appended(&addresses, &self.texts(url));
            request.written = self.written(url);
        }
        if let Some(body) = body {
            request.body.extend(self.values(body));
        }
        request.addresses = addresses;
        (!request.addresses.is_empty()).then_some(request)
    }

    /// What is said of a request behind it: `request.post('/items').set('X-Key', key).send(item)`
    /// (<https://forwardemail.github.io/superagent/>), `useFetch('items').post(item)`
    /// (<https://vueuse.org/core/useFetch/>).
    pub(super) fn continued(&self, request: &mut Request) {
        let mut at = self.site.clone();
        for _ in 0..MAX_STEPS {
            let uses = self.evaluator.uses(at.module, at.expression).iter();
            let mut steps = uses.filter(|used| used.kind == UseKind::Call && used.members.len() == 1);
            let Some(step) = steps.next() else { return };
            match step.members[0].as_str() {
                "send" => request.body = first_values(self.evaluator, &step.site),
                "set" => {
                    let names = first_texts(self.evaluator, &step.site);
                    request
                        .header_names
                        .extend(names.iter().filter_map(Text::as_literal));
                }
                verb @ ("get" | "post" | "put" | "patch" | "delete" | "head" | "options") => {
                    request.methods = vec![verb.to_uppercase().into()];
                    request.body = first_values(self.evaluator, &step.site);
                }
                _ => {}
            }
            at = step.site.clone();
        }
    }

    /// `createFetch({ baseUrl })` of VueUse gives a function like its `useFetch`.
    pub(super) fn created(&self, made: &Site) -> Option<Request> {
        let bases = self.bases(&self.options_of(made));
        let mut request = self.with_options("vueuse", 0, 1)?;
        request.addresses = joined(&bases, &request.addresses);
        self.continued(&mut request);
        Some(request)
    }
}

fn first_values(evaluator: &Evaluator<'_>, site: &Site) -> Values {
    let values = first_place(evaluator, site).map(|place| evaluator.values_at(&place));
    let is_given = |value: &Value| *value != Value::Undefined;
    values.into_iter().flatten().filter(is_given).collect()
}

fn first_texts(evaluator: &Evaluator<'_>, site: &Site) -> Vec<Text> {
    let texts = first_place(evaluator, site).map(|place| evaluator.texts(&place));
    texts.unwrap_or_default()
}

fn first_place(evaluator: &Evaluator<'_>, site: &Site) -> Option<Site> {
    let first = evaluator.arguments_of(site).first().copied()?;
    (!first.spread).then(|| Site {
        expression: first.value,
        ..site.clone()
    })
}

/// Each address with each ending behind it.
fn appended(addresses: &[Text], endings: &[Text]) -> Vec<Text> {
    if addresses.is_empty() {
        return endings.to_vec();
    }
    let mut found = vec![];
    for address in addresses {
        for ending in endings {
            let mut whole = address.clone();
            whole.push(ending);
            found.push(whole);
        }
    }
    found
}
