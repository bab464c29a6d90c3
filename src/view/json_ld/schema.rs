//! The types of schema.org that pages use, with the properties that are needed.
//!
//! Unknown values are left out, because an empty value would be a false statement.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

/// A text that is borrowed where it can be.
pub(crate) type Text<'a> = Cow<'a, str>;

/// One thing that a page describes.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum Node<'a> {
    Article(Box<NewsArticle<'a>>),
    Breadcrumbs(BreadcrumbList<'a>),
    Collection(CollectionPage<'a>),
    WebSite(WebSite<'a>),
    Publisher(Organization<'a>),
    News(NewsMediaOrganization<'a>),
    Page(WebPage<'a>),
}

/// <https://schema.org/NewsArticle>
#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(crate) struct NewsArticle<'a> {
    pub(crate) main_entity_of_page: Reference<'a>,
    pub(crate) headline: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) date_published: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) date_modified: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) author: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) translator: Vec<Author<'a>>,
    pub(crate) publisher: &'a Organization<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) image: Option<ImageObject<'a>>,
    pub(crate) in_language: &'a str,
    pub(crate) word_count: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) article_section: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) keywords: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) license: Option<License<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) is_based_on: Vec<CreativeWork<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) translation_of_work: Vec<CreativeWork<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) citation: Vec<CreativeWork<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) source_organization: Option<Organization<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) is_part_of: Option<CreativeWorkSeries<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) position: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) correction: Vec<CorrectionComment<'a>>,
}

/// A thing that is described elsewhere, by its address.
#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename = "WebPage")]
pub(crate) struct Reference<'a> {
    #[serde(rename = "@id")]
    pub(crate) id: &'a str,
}

/// <https://schema.org/Person>, or the organization that wrote something.
#[derive(Debug, Serialize)]
pub(crate) struct Author<'a> {
    #[serde(rename = "@type")]
    pub(crate) kind: &'static str,
    pub(crate) name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<Text<'a>>,
}

/// <https://schema.org/Organization>
#[derive(Debug, Default, Clone, Serialize)]
#[serde(tag = "@type")]
pub(crate) struct Organization<'a> {
    pub(crate) name: Text<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) logo: Option<Logo<'a>>,
}

/// <https://schema.org/NewsMediaOrganization>
#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(crate) struct NewsMediaOrganization<'a> {
    pub(crate) name: &'a str,
    pub(crate) url: Text<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) logo: Option<Logo<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(crate) same_as: &'a [String],
    /// Whole addresses, by the names of the properties.
    #[serde(flatten)]
    pub(crate) policies: BTreeMap<&'a str, String>,
}

/// A logo: an <https://schema.org/ImageObject> of which only the address is known.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "@type", rename = "ImageObject")]
pub(crate) struct Logo<'a> {
    pub(crate) url: Text<'a>,
}

/// <https://schema.org/ImageObject>
#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(crate) struct ImageObject<'a> {
    pub(crate) url: &'a str,
    pub(crate) content_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) width: Option<Pixels>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) height: Option<Pixels>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) caption: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) credit_text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) license: Option<License<'a>>,
}

/// <https://schema.org/Distance>: a number with its unit, because a number alone is none.
#[derive(Debug)]
pub(crate) struct Pixels(pub(crate) u32);

impl Serialize for Pixels {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{} px", self.0))
    }
}

/// A licence: its address, or a work of which only the name is known.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum License<'a> {
    Address(&'a str),
    Named(LicenseName<'a>),
}

/// A licence by name.
#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename = "CreativeWork")]
pub(crate) struct LicenseName<'a> {
    pub(crate) name: &'a str,
}

impl<'a> License<'a> {
    /// From a licence as it is written; `None` if it is empty.
    pub(crate) fn of(written: &'a str) -> Option<Self> {
        match written {
            "" => None,
            address if address.starts_with("https://") || address.starts_with("http://") => {
                Some(Self::Address(address))
            }
            name => Some(Self::Named(LicenseName { name })),
        }
    }
}

/// <https://schema.org/CreativeWork>: the original that an article is based on.
#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(crate) struct CreativeWork<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) url: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) author: Option<Author<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) date_published: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) publisher: Option<Organization<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) license: Option<License<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) archived_at: &'a str,
}

/// <https://schema.org/CreativeWorkSeries>
#[derive(Debug, Serialize)]
#[serde(tag = "@type")]
pub(crate) struct CreativeWorkSeries<'a> {
    pub(crate) name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<Text<'a>>,
}

/// <https://schema.org/CorrectionComment>
#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(crate) struct CorrectionComment<'a> {
    pub(crate) text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) date_published: Option<Text<'a>>,
}

/// <https://schema.org/BreadcrumbList>
#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(crate) struct BreadcrumbList<'a> {
    pub(crate) item_list_element: Vec<ListItem<'a>>,
}

/// <https://schema.org/ListItem>
#[derive(Debug, Serialize)]
#[serde(tag = "@type")]
pub(crate) struct ListItem<'a> {
    pub(crate) position: usize,
    pub(crate) name: &'a str,
    pub(crate) item: Text<'a>,
}

/// <https://schema.org/CollectionPage>
#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(crate) struct CollectionPage<'a> {
    pub(crate) url: &'a str,
    pub(crate) name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) description: &'a str,
    pub(crate) in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) about: Option<About<'a>>,
    pub(crate) is_part_of: WebSite<'a>,
}

/// What a list is about: a person, an organisation, a series or anything else.
#[derive(Debug, Serialize)]
pub(crate) struct About<'a> {
    #[serde(rename = "@type")]
    pub(crate) kind: &'static str,
    pub(crate) name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<&'a str>,
    #[serde(rename = "sameAs", skip_serializing_if = "<[String]>::is_empty")]
    pub(crate) same_as: &'a [String],
}

/// <https://schema.org/WebSite>
#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(crate) struct WebSite<'a> {
    pub(crate) url: Text<'a>,
    pub(crate) name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) description: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) publisher: Option<&'a Organization<'a>>,
}

/// <https://schema.org/WebPage>
#[derive(Debug, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(crate) struct WebPage<'a> {
    pub(crate) url: &'a str,
    pub(crate) name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) description: &'a str,
    pub(crate) in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) date_modified: Option<&'a str>,
    pub(crate) is_part_of: WebSite<'a>,
}
