//! `diagram auth`: signing in, a request that is checked, what follows a refusal, refresh and logout.

use crate::{
    architecture::model::{Application, AuthFlow, AuthStep, AuthStepKind, IdentityRequestKind, Location},
    markdown::{
        Block, Inline, Item,
        mermaid::{Arrow, Participant, Role, Sequence},
    },
};

use super::super::{
    Context, Directive, Output, Placement, View, ViewError,
    arguments::Arguments,
    auth::{Check, Scheme, checks, kept, of_application, schemes},
    keys,
    select::application,
    show, status,
};

pub(in crate::view) const VIEW: View = View {
    directive: Directive {
        name: "diagram auth",
        summary: "a sequence diagram of signing in, of a request that is checked, refusal, refresh and logout",
        subject: None,
        placement: Placement::Block,
        keys: &[keys::APP],
    },
    render,
};

/// Checks of the backend that are drawn.
const CHECKS: usize = 3;

/// Packages of identity providers that are named.
const PROVIDERS: usize = 3;

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let application = application(arguments, context)?;
    let schemes = schemes(application);
    let mut checks = checks(application);
    let flow = of_application(&context.architecture.integration.auth, application);
    if schemes.is_empty() && checks.is_empty() && flow.steps.is_empty() && flow.identity.is_empty() {
        let nothing = "Nothing in the application asks who sends a request.";
        return Ok(Output::Block(show::sentence(nothing)));
    }
    // Who may see what there is none of is asked too; the table has those.
    let refuses = |check: &Check| check.refusals.iter().any(|status| matches!(status, 401 | 403));
    if checks.iter().any(refuses) {
        checks.retain(refuses);
    }
    let mut picture = Picture::new(application, &schemes, &checks, &flow);
    picture.sign_in();
    picture.request();
    picture.leave();
    let (sequence, items) = (picture.sequence, picture.items);
    let diagram = super::finished(sequence.finish())?;
    let list: Vec<Item> = items
        .into_iter()
        .map(|(text, location)| {
            let source = show::source(&location, context);
            Item::new(if source.is_empty() {
                Inline::text(text)
            } else {
                Inline::join(", ", [Inline::text(text), source])
            })
        })
        .collect();
    Ok(Output::Block(Block::sequence([
        Block::mermaid(&diagram),
        Block::details("Steps of authentication", &Block::numbered(&list)),
    ])))
}

struct Picture<'a> {
    sequence: Sequence,
    client: Participant,
    store: Option<Participant>,
    /// The client of an identity provider.
    provider: Option<Participant>,
    backend: Participant,
    check: Option<Participant>,
    schemes: &'a [Scheme],
    checks: &'a [Check],
    flow: &'a AuthFlow,
    /// What the messages say, with where it stands.
    items: Vec<(String, Location)>,
}

impl<'a> Picture<'a> {
    fn new(
        application: &Application,
        schemes: &'a [Scheme],
        checks: &'a [Check],
        flow: &'a AuthFlow,
    ) -> Self {
        let description = "How a client proves who it is and what is checked; the list below says the same";
        let mut sequence = Sequence::new("Authentication", description);
        let has_frontend = !flow.steps.is_empty() || !flow.identity.is_empty();
        let client = if has_frontend {
            sequence.participant("frontend", "Frontend", Role::Part)
        } else {
            sequence.participant("client", "Client", Role::Actor)
        };
        let store = (!flow.credentials.is_empty()).then(|| {
            let mut lines: Vec<String> = vec!["Kept credentials".to_owned()];
            lines.extend(flow.credentials.iter().take(3).map(|credential| {
                let (key, _) = kept(credential);
                key.rsplit(['/', ':']).next().unwrap_or(&key).to_owned()
            }));
            sequence.participant("store", &lines.join("\n"), Role::Part)
        });
        let provider = flow.identity.first().map(|_| {
            let mut packages: Vec<&str> = vec![];
            for request in &flow.identity {
                if !packages.contains(&request.package.as_str()) {
                    packages.push(&request.package);
                }
            }
            let shown = packages.iter().take(PROVIDERS).copied();
            let lines: Vec<&str> = std::iter::once("Identity provider").chain(shown).collect();
            sequence.participant("provider", &lines.join("\n"), Role::Part)
        });
        let backend = sequence.participant("backend", &format!("FastAPI\n{}", application.name), Role::Part);
        let check = checks.first().map(|_| {
            let shown = checks.iter().take(CHECKS);
            let names: Vec<&str> = shown.map(|check| show::short(&check.symbol.name)).collect();
            sequence.participant("checks", &format!("Checks\n{}", names.join("\n")), Role::Part)
        });
        Self {
            sequence,
            client,
            store,
            provider,
            backend,
            check,
            schemes,
            checks,
            flow,
            items: vec![],
        }
    }

    fn steps(&self, kind: AuthStepKind) -> Vec<&'a AuthStep> {
        self.flow.steps.iter().filter(|step| step.kind == kind).collect()
    }

    fn say(&mut self, from: &Participant, to: &Participant, text: &str, arrow: Arrow, location: &Location) {
        self.sequence.message(from, to, &text.replace(", ", ",\n"), arrow);
        self.items.push((text.replace('\n', " "), location.clone()));
    }

    /// A credential is asked for and kept.
    fn sign_in(&mut self) {
        let is_provided = self.ask_provider(IdentityRequestKind::Login, "session");
        self.ask_provider(IdentityRequestKind::Token, "token");
        for step in self.steps(AuthStepKind::Login) {
            self.exchange(step);
        }
        self.keep();
        let is_known = self
            .flow
            .steps
            .iter()
            .any(|step| matches!(step.kind, AuthStepKind::Login | AuthStepKind::Keep));
        if is_provided || is_known {
            return;
        }
        let given: Vec<&String> = self.schemes.iter().flat_map(|scheme| &scheme.given_by).collect();
        if let Some(operation) = given.first() {
            let (client, backend) = (self.client.clone(), self.backend.clone());
            let none = Location::default();
            self.say(&client, &backend, operation, Arrow::Call, &none);
            self.say(&backend, &client, "credential", Arrow::Reply, &none);
        }
    }

    /// A credential is kept that no answer holds, each once.
    fn keep(&mut self) {
        let mut kept: Vec<String> = vec![];
        for step in self.steps(AuthStepKind::Keep) {
            let text = format!("keep {}", self.keys(step));
            if let Some(store) = self.store.clone().filter(|_| !kept.contains(&text)) {
                let client = self.client.clone();
                self.say(&client, &store, &text, Arrow::Call, &step.location);
                kept.push(text);
            }
        }
    }

    /// What the client of an identity provider is asked for, each function once; gives whether it is.
    fn ask_provider(&mut self, kind: IdentityRequestKind, answer: &str) -> bool {
        let Some(provider) = self.provider.clone() else {
            return false;
        };
        let client = self.client.clone();
        let requests = self.flow.identity.iter().filter(|request| request.kind == kind);
        let mut asked: Vec<&str> = vec![];
        let mut first = Location::default();
        for request in requests {
            if asked.is_empty() {
                first = request.location.clone();
            }
            if !asked.contains(&request.asked.as_str()) {
                asked.push(&request.asked);
            }
        }
        if asked.is_empty() {
            return false;
        }
        self.say(&client, &provider, &asked.join(", "), Arrow::Call, &first);
        if !answer.is_empty() {
            self.say(&provider, &client, answer, Arrow::Reply, &Location::default());
        }
        true
    }

    /// A call whose answer is kept.
    fn exchange(&mut self, step: &AuthStep) {
        let (client, backend) = (self.client.clone(), self.backend.clone());
        let called = match &step.endpoint {
            Some(endpoint) => format!("{} {}", endpoint.method, endpoint.path),
            None => format!("call in {}", show::short(&step.function)),
        };
        self.say(&client, &backend, &called, Arrow::Call, &step.location);
        let mut answer: Vec<String> = match (&step.detail, step.credentials.is_empty()) {
            (Some(fields), _) => vec![fields.clone()],
            (None, true) if step.cookies.is_empty() => vec!["answer".to_owned()],
            (None, true) => vec![],
            (None, false) => vec!["credential".to_owned()],
        };
        answer.extend(self.cookies(step));
        let answer = answer.join(", ");
        let none = Location::default();
        self.say(&backend, &client, &answer, Arrow::Reply, &none);
        if let Some(store) = self.store.clone().filter(|_| !step.credentials.is_empty()) {
            let text = format!("keep {}", self.keys(step));
            self.say(&client, &store, &text, Arrow::Call, &none);
        }
    }

    fn keys(&self, step: &AuthStep) -> String {
        let known = step
            .credentials
            .iter()
            .filter_map(|index| self.flow.credentials.get(*index));
        let keys: Vec<String> = known.map(|credential| kept(credential).0).collect();
        keys.join(", ")
    }

    /// The cookies that the answer to a step sets or takes away.
    fn cookies(&self, step: &AuthStep) -> Vec<String> {
        let known = step
            .cookies
            .iter()
            .filter_map(|index| self.flow.cookies.get(*index));
        known
            .map(|cookie| {
                let kind = if cookie.is_http_only {
                    "HttpOnly cookie"
                } else {
                    "cookie"
                };
                let shown = match &cookie.name {
                    Some(name) => format!("{kind} {name}"),
                    None => kind.to_owned(),
                };
                let following = cookie
                    .followed_by
                    .iter()
                    .filter_map(|index| self.flow.cookies.get(*index));
                let later: Vec<&str> = following.filter_map(|cookie| cookie.name.as_deref()).collect();
                if later.is_empty() || step.kind == AuthStepKind::Logout {
                    shown
                } else {
                    format!("{shown}, later {}", later.join(", "))
                }
            })
            .collect()
    }

    /// A request, its check, and what follows a refusal.
    fn request(&mut self) {
        let (client, backend) = (self.client.clone(), self.backend.clone());
        let is_against_forgery = |step: &&AuthStep| {
            let detail = step.detail.as_deref().unwrap_or_default();
            detail.contains("csrf") || detail.contains("xsrf")
        };
        let (forgery, mut attach): (Vec<&AuthStep>, Vec<&AuthStep>) = self
            .steps(AuthStepKind::Attach)
            .into_iter()
            .partition(is_against_forgery);
        attach.sort_by_key(|step| matches!(step.detail.as_deref(), Some("address" | "cookie")));
        let place = attach
            .first()
            .or_else(|| forgery.first())
            .map(|step| step.location.clone())
            .unwrap_or_default();
        let carried = attach.first().and_then(|step| step.detail.clone());
        // A page of the same origin sends its cookies without being told to.
        let is_session = self.flow.steps.iter().any(|step| !step.cookies.is_empty());
        let carried = carried.or_else(|| is_session.then(|| "cookie".to_owned()));
        let carried = carried.or_else(|| self.schemes.first().map(|scheme| scheme.carrier.clone()));
        let mut carried = match carried.as_deref() {
            None => "request".to_owned(),
            Some("cookie") => "request with cookies".to_owned(),
            Some("address") => "request with the credential in the address".to_owned(),
            Some(header) => format!("request with\n{header}"),
        };
        if let Some(header) = forgery.first().and_then(|step| step.detail.as_deref()) {
            carried.push_str(&format!("\nand {header}"));
        }
        self.say(&client, &backend, &carried, Arrow::Call, &place);
        let refusals: Vec<String> = self
            .checks
            .iter()
            .take(CHECKS)
            .flat_map(|check| &check.refusals)
            .filter(|status| matches!(status, 401 | 403))
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .map(|status| status::with_reason(*status))
            .collect();
        if let Some(check) = self.check.clone() {
            for one in self.checks.iter().take(CHECKS) {
                let text = format!(
                    "{}()\nfor {}",
                    show::short(&one.symbol.name),
                    show::counted(one.operations, "operation")
                );
                self.say(&backend, &check, &text, Arrow::Call, &one.symbol.location);
            }
            if refusals.is_empty() {
                self.say(&check, &backend, "who asks", Arrow::Reply, &Location::default());
            }
        }
        let refused = match (refusals.is_empty(), self.schemes.is_empty()) {
            (false, _) => refusals.join("\n"),
            (true, false) => status::with_reason(401),
            // What the frontend does then is known, whatever refuses.
            (true, true) if !self.steps(AuthStepKind::Refusal).is_empty() => "refused".to_owned(),
            (true, true) => return,
        };
        self.answer(&refused);
    }

    fn answer(&mut self, refused: &str) {
        let source = self.check.clone().unwrap_or_else(|| self.backend.clone());
        let (client, backend) = (self.client.clone(), self.backend.clone());
        let mut inner = self.sequence.clone();
        let arms = [("refused".to_owned(), true), ("accepted".to_owned(), false)];
        let renews: Vec<&str> = self
            .steps(AuthStepKind::Refresh)
            .iter()
            .map(|step| step.function.as_str())
            .collect();
        let (of_refresh, refusal): (Vec<&AuthStep>, Vec<&AuthStep>) = self
            .steps(AuthStepKind::Refusal)
            .into_iter()
            .partition(|step| renews.contains(&step.function.as_str()));
        let mut items = vec![];
        inner.alternative(&arms, |sequence, is_refused| {
            if !is_refused {
                sequence.message(&backend, &client, "answer of the operation", Arrow::Reply);
                items.push((
                    "accepted: answer of the operation".to_owned(),
                    Location::default(),
                ));
                return;
            }
            sequence.message(&source, &client, refused, Arrow::Reply);
            items.push((
                format!("refused: {}", refused.replace('\n', ", ")),
                Location::default(),
            ));
            for step in without_repeats(&refusal) {
                items.extend(self.refused(step, sequence));
            }
        });
        self.sequence = inner;
        self.items.extend(items);
        self.ask_provider(IdentityRequestKind::Refresh, "token");
        for step in self.steps(AuthStepKind::Refresh) {
            self.exchange(step);
        }
        if of_refresh.is_empty() {
            return;
        }
        let mut sequence = self.sequence.clone();
        let mut items = vec![];
        sequence.optional("the refresh is refused", |sequence| {
            for step in without_repeats(&of_refresh) {
                items.extend(self.refused(step, sequence));
            }
        });
        self.sequence = sequence;
        self.items.extend(items);
    }

    /// What follows a refusal, drawn; and what the list says of it.
    fn refused(&self, step: &AuthStep, sequence: &mut Sequence) -> Vec<(String, Location)> {
        let mut items = vec![];
        if let Some(store) = self.store.as_ref().filter(|_| !step.credentials.is_empty()) {
            let text = format!("remove {}", self.keys(step));
            sequence.message(&self.client, store, &text.replace(", ", ",\n"), Arrow::Call);
            items.push((format!("refused: {text}"), step.location.clone()));
        }
        if let Some(to) = &step.detail {
            let text = format!("go to {to}");
            sequence.message(&self.client, &self.client, &text, Arrow::Call);
            items.push((format!("refused: {text}"), step.location.clone()));
        }
        items
    }

    /// Guards and logout.
    fn leave(&mut self) {
        let client = self.client.clone();
        let mut shown = vec![];
        for step in self.steps(AuthStepKind::Guard) {
            let to = step.detail.clone().unwrap_or_default();
            let missing = match &step.endpoint {
                Some(endpoint) => format!("the answer of\n{} {}", endpoint.method, endpoint.path),
                None => "a credential".to_owned(),
            };
            let text = format!("without {missing}\ngo to {to}");
            if !shown.contains(&text) {
                self.say(&client, &client, &text, Arrow::Call, &step.location);
                shown.push(text);
            }
        }
        self.ask_provider(IdentityRequestKind::Logout, "");
        for step in without_repeats(&self.steps(AuthStepKind::Logout)) {
            if let Some(endpoint) = &step.endpoint {
                let backend = self.backend.clone();
                let text = format!("log out: {} {}", endpoint.method, endpoint.path);
                self.say(&client, &backend, &text, Arrow::Call, &step.location);
            }
            let removed = self.cookies(step);
            if !removed.is_empty() {
                let backend = self.backend.clone();
                let text = format!("remove {}", removed.join(", "));
                self.say(&backend, &client, &text, Arrow::Reply, &Location::default());
            }
            if let Some(store) = self.store.clone().filter(|_| !step.credentials.is_empty()) {
                let text = format!("log out: remove {}", self.keys(step));
                self.say(&client, &store, &text, Arrow::Call, &step.location);
            }
        }
    }
}

/// Of steps that do the same at several places or less than one before, the first: the table has the others.
fn without_repeats<'a>(steps: &[&'a AuthStep]) -> Vec<&'a AuthStep> {
    let mut kept: Vec<&AuthStep> = vec![];
    for step in steps {
        let is_same = |known: &&AuthStep| {
            let is_less = step.detail.is_none() || known.detail == step.detail;
            let does_same = (&known.credentials, &known.cookies, &known.endpoint)
                == (&step.credentials, &step.cookies, &step.endpoint);
            does_same && is_less
        };
        if !kept.iter().any(is_same) {
            kept.push(step);
        }
    }
    kept
}
