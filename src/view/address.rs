//! Addresses as they are written into a page: with the base path, or whole.

use super::Site;
use crate::model::collection::Href;
use crate::model::ingredients::Whereabouts;
use crate::model::path::UrlPath;
use crate::model::plan::Goal;

/// Whether an address is written with its host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Without the host, for pages of the site.
    Local,
    /// With scheme and host, for use outside of the site: feeds, previews, structured data.
    Whole,
}

impl Site<'_> {
    /// The address of a page of the site within its host.
    pub(super) fn local(&self, url: &UrlPath) -> String {
        self.page(url, Form::Local)
    }

    /// The whole address of a page of the site.
    pub(super) fn whole(&self, url: &UrlPath) -> String {
        self.page(url, Form::Whole)
    }

    /// The address at which an article can be read.
    pub(super) fn article_at(&self, place: Whereabouts<'_>, form: Form) -> String {
        match place {
            Whereabouts::Here(url) => self.page(url, form),
            Whereabouts::Outside(source) => source.address().to_owned(),
        }
    }

    /// Where an old address leads.
    pub(super) fn goal(&self, goal: &Goal, form: Form) -> String {
        match goal {
            Goal::Here(url) => self.page(url, form),
            Goal::Outside(address) => address.clone(),
        }
    }

    /// Where a reference leads.
    pub(super) fn address(&self, href: &Href, form: Form) -> String {
        match href {
            Href::Local { url, fragment, .. } => {
                let mut address = self.page(url, form);
                if let Some(fragment) = fragment {
                    address.push('#');
                    address.push_str(fragment);
                }
                address
            }
            Href::Path(path) => self.path(path, form),
            Href::Outside { source, .. } => source.address().to_owned(),
            Href::AsWritten(address) => address.clone(),
            Href::Hidden(_) => String::new(),
        }
    }

    /// An address from the configuration: a path of the site, or a web address, which stays as it is.
    pub(super) fn written(&self, address: &str, form: Form) -> String {
        if address.starts_with('/') && !address.starts_with("//") {
            self.path(address, form)
        } else {
            address.to_owned()
        }
    }

    fn page(&self, url: &UrlPath, form: Form) -> String {
        let mut address = self.start(form, url.as_str().len() + 8);
        url.encode_into(&mut address);
        address
    }

    fn path(&self, path: &str, form: Form) -> String {
        let mut address = self.start(form, path.len());
        address.push_str(path);
        address
    }

    fn start(&self, form: Form, room: usize) -> String {
        let origin = if form == Form::Whole { self.config.origin.as_str() } else { "" };
        let base = &self.config.base_path;
        let mut address = String::with_capacity(origin.len() + base.len() + room);
        address.push_str(origin);
        address.push_str(base);
        address
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::fixture;

    #[test]
    fn references_become_addresses() {
        let world = fixture::World::new();
        let site = world.site();
        let check = |href: &Href, local: &str, whole: &str| {
            assert_eq!(site.address(href, Form::Local), local);
            assert_eq!(site.address(href, Form::Whole), whole);
        };
        let url = UrlPath::parse("/tags/東 京/").unwrap();
        let to = |fragment: Option<&str>| Href::Local {
            url: url.clone(),
            fragment: fragment.map(str::to_owned),
            title: None,
            size: None,
        };
        check(
            &to(None),
            "/sub/tags/%E6%9D%B1%20%E4%BA%AC/",
            "https://meridian.example/sub/tags/%E6%9D%B1%20%E4%BA%AC/",
        );
        check(
            &to(Some("a")),
            "/sub/tags/%E6%9D%B1%20%E4%BA%AC/#a",
            "https://meridian.example/sub/tags/%E6%9D%B1%20%E4%BA%AC/#a",
        );
        check(&Href::Path("/x?a=1#b".into()), "/sub/x?a=1#b", "https://meridian.example/sub/x?a=1#b");
        check(&Href::AsWritten("mailto:a@b.example".into()), "mailto:a@b.example", "mailto:a@b.example");
        assert_eq!(site.written("//cdn.example/x", Form::Local), "//cdn.example/x");
    }
}
