//! Credentials that Nuxt's auth module keeps as its configuration says (<https://auth.nuxtjs.org/schemes/local>).

use super::{AskedCredential, Attachment, Credentials, KeptCredential, RemovedCredential, WrittenCredential};
use crate::{
    source::location::Location,
    web::{
        nuxt_auth::{self, Asked},
        three::objects::location,
        values::{Evaluator, Site},
    },
};

/// Adds what the module keeps, asks for, sends along and forgets.
pub(super) fn add(evaluator: &Evaluator<'_>, credentials: &mut Credentials) {
    let at = |site: &Site| location(evaluator, site.module, site.expression);
    for strategy in nuxt_auth::strategies(evaluator) {
        let index = credentials.kept.len();
        let function = at(&strategy.token).file;
        let written = |asked: &Asked, is_renewal: bool| WrittenCredential {
            location: at(&asked.site),
            function: format!("{function}:{}", asked.name),
            field: Some(strategy.property.clone()),
            calls: vec![AskedCredential {
                location: at(&asked.site),
                is_renewal,
            }],
            is_copy: false,
            is_literal: false,
        };
        let login = strategy.login.iter().map(|asked| written(asked, false));
        let refresh = strategy.refresh.iter().map(|asked| written(asked, true));
        let removed = strategy.logout.iter().map(|asked| RemovedCredential {
            location: at(&asked.site),
            function: format!("{function}:{}", asked.name),
            is_refusal: false,
            is_conditional: false,
        });
        credentials.kept.push(KeptCredential {
            store: "cookie".to_owned(),
            key: strategy.cookie.clone(),
            written: login.chain(refresh).collect(),
            read: Vec::<Location>::new(),
            removed: removed.collect(),
        });
        credentials.attachments.push(Attachment {
            location: at(&strategy.token),
            function: function.clone(),
            carrier: "authorization".to_owned(),
            scheme: Some("Bearer".to_owned()),
            kept: vec![index],
        });
    }
    credentials.attachments.sort();
}
