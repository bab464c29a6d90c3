//! Texts from outlets of another language that do not say in which language they are.
//!
//! Such a text counts as one in the site's language, for hyphens, quotes, screen readers and search engines. The profile
//! of the outlet is no proof of the contrary, and it is too late here to go by it: a text is set when it is parsed, and
//! a file is parsed without a look at another. So it is told, and the author decides.

use std::sync::Arc;

use rayon::prelude::*;

use super::about;
use crate::base::diag::{Diagnostic, Rule};
use crate::base::language::Language;
use crate::model::article::Meta;
use crate::model::collection::{Term, TermId};
use crate::model::profile::{ByKind, TermKind};

/// Reports texts whose language is probably not the site's.
pub(super) fn told(
    articles: &[Arc<Meta>],
    of_article: &[ByKind<Vec<TermId>>],
    outlets: &[Term],
    language: &Language,
) -> Vec<Diagnostic> {
    let of_one = |(meta, own): (&Arc<Meta>, &ByKind<Vec<TermId>>)| tell(meta, own, outlets, language);
    articles.par_iter().zip(of_article).filter_map(of_one).collect()
}

/// What is to be told of an article with the terms `own`.
pub(super) fn tell(
    meta: &Meta,
    own: &ByKind<Vec<TermId>>,
    outlets: &[Term],
    language: &Language,
) -> Option<Diagnostic> {
    let at = meta.unchanged_source().filter(|_| !meta.says_lang)?;
    let outlet = &outlets[own[TermKind::Source].get(at)?.index()];
    let other = outlet.profile.as_ref()?.language.as_ref()?;
    (other.primary() != language.primary()).then_some(())?;
    let message = format!(
        "`{}` is in the language `{other}`, and a text from there that says nothing counts as `{language}`",
        outlet.name
    );
    let diagnostic = Diagnostic::new(Rule::UnknownLanguage, message)
        .about(&["source", &at.to_string()], "")
        .grouped(&outlet.name)
        .hint(format!("write `lang: {other}`, or `lang: {language}` if that is right"));
    Some(about(&meta.path, diagnostic))
}
