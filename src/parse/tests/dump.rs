//! A parsed file as text that a person can review.

use std::fmt::Write as _;

use crate::base::diag::{Diagnostic, Place};
use crate::model::article::{Body, Document, Fill, Image, LinkKind, LinkRef, Meta, Parsed};
use crate::model::component::Usage;
use crate::model::profile::Profile;

/// Everything about a parsed file but its fingerprints.
pub(super) fn of(parsed: &Parsed) -> String {
    let mut out = String::new();
    for diagnostic in &parsed.diagnostics {
        self::diagnostic(&mut out, diagnostic);
    }
    match &parsed.document {
        None => out.push_str("no document\n"),
        Some(Document::Article(meta, body)) => {
            self::meta(&mut out, meta);
            links(&mut out, &meta.links);
            components(&mut out, &meta.components);
            self::body(&mut out, body);
        }
        Some(Document::Profile(profile)) => {
            self::profile(&mut out, profile);
            links(&mut out, &profile.links_in_body);
            self::body(&mut out, &profile.body);
        }
    }
    out
}

fn diagnostic(out: &mut String, diagnostic: &Diagnostic) {
    write!(out, "{} ", diagnostic.rule.name()).unwrap();
    if let Some(place) = &diagnostic.place {
        self::place(out, *place);
    }
    write!(out, ": {}", diagnostic.message).unwrap();
    if let Some(hint) = &diagnostic.hint {
        write!(out, "\n    hint: {hint}").unwrap();
    }
    if let Some(group) = &diagnostic.group {
        write!(out, "\n    group: {group}").unwrap();
    }
    out.push('\n');
}

fn place(out: &mut String, place: Place) {
    write!(out, "{}:{}+{}", place.line, place.column, place.width).unwrap();
}

macro_rules! fields {
    ($out:ident, $value:ident: $($field:ident)+) => {
        $(field($out, stringify!($field), &format!("{:?}", $value.$field));)+
    };
}

/// A field, unless there is nothing in it.
fn field(out: &mut String, name: &str, value: &str) {
    let value = value.strip_prefix("Some(").and_then(|inner| inner.strip_suffix(')')).unwrap_or(value);
    if !matches!(value, "None" | "[]" | "\"\"" | "false" | "{}" | "Open" | "0") {
        writeln!(out, "{name}: {value}").unwrap();
    }
}

fn meta(out: &mut String, meta: &Meta) {
    fields!(out, meta: title slug);
    for (name, date) in [("date", meta.date), ("updated", meta.updated)] {
        if let Some(date) = date {
            writeln!(out, "{name}: {}", date.iso("Europe/Lisbon".parse().unwrap())).unwrap();
        }
    }
    for (name, moment) in [("publish", meta.publish), ("expires", meta.expires)] {
        if let Some(moment) = &moment {
            writeln!(out, "{name}: {}", moment.rfc3339()).unwrap();
        }
    }
    fields!(out, meta: withdrawn draft lang);
    for source in &meta.sources {
        out.push_str("source:\n");
        fields!(out, source: outlet url title author published retrieved role archive license);
    }
    fields!(out, meta: tags authors series);
    if let Some(image) = &meta.image {
        self::image(out, image);
    }
    fields!(out, meta: summary mentions aliases template index related unrelated corrections comments extra words signs anchors has_code);
}

fn profile(out: &mut String, profile: &Profile) {
    fields!(out, profile: kind slug name aliases redirect_from parent description url country language license index links);
    if let Some(image) = &profile.picture {
        self::image(out, image);
    }
}

fn image(out: &mut String, image: &Image) {
    writeln!(out, "image: link {}", image.link).unwrap();
    fields!(out, image: alt caption credit license focus);
}

fn links(out: &mut String, links: &[LinkRef]) {
    for (index, link) in links.iter().enumerate() {
        let kind = match link.kind {
            LinkKind::Link => "link",
            LinkKind::Picture => "picture",
            LinkKind::Wiki => "wiki",
        };
        write!(out, "{index} {kind} {:?} at ", link.target).unwrap();
        place(out, link.place);
        out.push('\n');
    }
}

fn components(out: &mut String, components: &[Usage]) {
    for usage in components {
        write!(out, "component {} at ", usage.name).unwrap();
        place(out, usage.place);
        for argument in &usage.arguments {
            write!(out, ", {} at ", argument.name).unwrap();
            place(out, argument.place);
            out.push_str(" value ");
            place(out, argument.value_place);
        }
        out.push('\n');
    }
}

fn body(out: &mut String, body: &Body) {
    for heading in &body.toc {
        writeln!(out, "{} #{} {}", "=".repeat(heading.level.into()), heading.id, heading.title).unwrap();
    }
    out.push_str("---\n");
    let mut done = 0;
    let ends = body.blocks.iter().enumerate();
    let mut ends: Vec<(usize, String)> = ends
        .flat_map(|(number, block)| {
            let start = format!("{{component {number} {} {:?}", block.name, block.arguments);
            let table = block.table.as_ref().map(|table| format!(" {table:?}")).unwrap_or_default();
            [
                (block.start as usize, format!("{start}{table}}}")),
                (block.end as usize, format!("{{end {number}}}")),
            ]
        })
        .collect();
    let slots = body.slots.iter().map(|slot| {
        let fill = match slot.fill {
            Fill::Date(date) => return (slot.at as usize, format!("{{date {date}}}")),
            Fill::Address => "address",
            Fill::Size => "size",
            Fill::Title => "title",
        };
        (slot.at as usize, format!("{{{}:{fill}}}", slot.link))
    });
    ends.extend(slots);
    ends.sort_by_key(|(at, _)| *at);
    for (at, text) in ends {
        out.push_str(&body.html[done..at]);
        out.push_str(&text);
        done = at;
    }
    out.push_str(&body.html[done..]);
}
