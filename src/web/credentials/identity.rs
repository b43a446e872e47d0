//! Clients of identity providers, which keep and renew the credential themselves.

use serde::Serialize;

use crate::{
    source::location::Location,
    web::{
        syntax::tree::{Element, ExpressionKind as Kind, Tag},
        three::objects::{function_name, location},
        values::{Evaluator, External, Site, Value},
    },
};

/// Something that a client of an identity provider is asked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct IdentityRequest {
    /// Where.
    pub location: Location,
    /// The function that it stands in, `file:name`.
    pub function: String,
    /// The client's package, e.g. `next-auth`.
    pub package: String,
    /// The client's function, e.g. `signIn`.
    pub asked: String,
    /// What for.
    pub kind: IdentityRequestKind,
}

/// What a client of an identity provider is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdentityRequestKind {
    /// The user is to sign in.
    Login,
    /// A token for requests, or the session.
    Token,
    /// A new token.
    Refresh,
    /// The user is to be signed out.
    Logout,
}

use IdentityRequestKind as K;

type Packages = &'static [&'static str];
type Functions = &'static [(&'static str, IdentityRequestKind)];

/// The module of Nuxt 2 that gives every context its `$auth`: <https://auth.nuxtjs.org/api/auth>.
const NUXT_AUTH: &str = "@nuxtjs/auth-next";

/// Functions of the clients, by package:
/// <https://next-auth.js.org/getting-started/client>, <https://auth0.github.io/auth0-react/>, <https://clerk.com/docs>,
/// <https://supabase.com/docs/reference/javascript/auth-api>, <https://www.keycloak.org/securing-apps/javascript-adapter>,
/// <https://firebase.google.com/docs/reference/js/auth>, <https://learn.microsoft.com/entra/msal/>,
/// <https://authts.github.io/oidc-client-ts/>.
const CLIENTS: &[(Packages, Functions)] = &[
    (
        &["next-auth", "@auth/core", "@auth/sveltekit"],
        &[
            ("signIn", K::Login),
            ("useSession", K::Token),
            ("getSession", K::Token),
            ("getServerSession", K::Token),
            ("signOut", K::Logout),
        ],
    ),
    (
        &[
            "@auth0/auth0-react",
            "@auth0/auth0-vue",
            "@auth0/auth0-spa-js",
            "@auth0/nextjs-auth0",
        ],
        &[
            ("loginWithRedirect", K::Login),
            ("loginWithPopup", K::Login),
            ("getAccessTokenSilently", K::Token),
            ("getTokenSilently", K::Token),
            ("logout", K::Logout),
        ],
    ),
    (
        &[
            "@clerk/nextjs",
            "@clerk/clerk-react",
            "@clerk/react",
            "@clerk/vue",
            "@clerk/clerk-js",
        ],
        &[
            ("SignIn", K::Login),
            ("SignInButton", K::Login),
            ("RedirectToSignIn", K::Login),
            ("getToken", K::Token),
            ("signOut", K::Logout),
            ("SignOutButton", K::Logout),
        ],
    ),
    (
        &[
            "@supabase/supabase-js",
            "@supabase/ssr",
            "@supabase/auth-helpers-nextjs",
        ],
        &[
            ("signInWithPassword", K::Login),
            ("signInWithOAuth", K::Login),
            ("signInWithOtp", K::Login),
            ("signUp", K::Login),
            ("getSession", K::Token),
            ("refreshSession", K::Refresh),
            ("signOut", K::Logout),
        ],
    ),
    (
        &[NUXT_AUTH],
        &[
            ("loginWith", K::Login),
            ("login", K::Login),
            ("refreshTokens", K::Refresh),
            ("logout", K::Logout),
        ],
    ),
    (
        &["keycloak-js"],
        &[
            ("init", K::Login),
            ("login", K::Login),
            ("updateToken", K::Refresh),
            ("logout", K::Logout),
        ],
    ),
    (
        &["firebase"],
        &[
            ("signInWithEmailAndPassword", K::Login),
            ("signInWithPopup", K::Login),
            ("signInWithRedirect", K::Login),
            ("createUserWithEmailAndPassword", K::Login),
            ("getIdToken", K::Token),
            ("signOut", K::Logout),
        ],
    ),
    (
        &["@azure/msal-browser", "@azure/msal-react"],
        &[
            ("loginPopup", K::Login),
            ("loginRedirect", K::Login),
            ("acquireTokenSilent", K::Token),
            ("logoutPopup", K::Logout),
            ("logoutRedirect", K::Logout),
        ],
    ),
    (
        &["oidc-client-ts", "react-oidc-context"],
        &[
            ("signinRedirect", K::Login),
            ("signinPopup", K::Login),
            ("signinSilent", K::Refresh),
            ("signoutRedirect", K::Logout),
            ("removeUser", K::Logout),
        ],
    ),
];

/// What the clients of identity providers are asked for, by file and line.
pub(super) fn requests(evaluator: &Evaluator<'_>) -> Vec<IdentityRequest> {
    let mut found = vec![];
    for module in evaluator.project.product_modules() {
        let script = evaluator.project.script(module);
        for expression in script.expression_ids() {
            let is_asking = matches!(
                script.kind(expression),
                Kind::Call { .. }
                    | Kind::Element(Element {
                        tag: Tag::Component(_),
                        ..
                    })
            );
            if !is_asking {
                continue;
            }
            let callees = evaluator.callees(&Site::alone(module, expression));
            let asked = callees.iter().find_map(|callee| match callee {
                Value::External(external) => asked(external),
                _ => None,
            });
            if let Some((package, name, kind)) = asked {
                found.push(IdentityRequest {
                    location: location(evaluator, module, expression),
                    function: function_name(evaluator, module, expression),
                    package,
                    asked: name,
                    kind,
                });
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

fn asked(external: &External) -> Option<(String, String, K)> {
    let (package, _) = external.package()?;
    let package = match external.members.as_slice() {
        // `useContext().$auth.loginWith(…)`
        [holder, _] if holder == "$auth" && package == "@nuxtjs/composition-api" => NUXT_AUTH,
        _ => package.as_str(),
    };
    let (_, functions) = CLIENTS.iter().find(|(packages, _)| packages.contains(&package))?;
    let name = external.members.last()?;
    let (name, kind) = functions.iter().find(|(known, _)| known == name)?;
    Some((package.to_string(), (*name).to_owned(), *kind))
}
