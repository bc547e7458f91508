//! What an object of JSON says about the document that it holds.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::tree::{Kind, Tree};
use crate::source::front::{Stated, is_address};
use crate::source::{Front, JsonKeys, dateline};

/// Keys under which texts are kept, the surest first.
pub(super) const TEXT: &[&str] = &[
    "text",
    "body",
    "content",
    "articleBody",
    "article_body",
    "body_text",
    "content_text",
    "content_html",
    "description",
];
/// Keys of what is known of a document, in each list the surest first.
pub(super) const TITLE: &[&str] = &["title", "headline", "name"];
const PUBLISHER: &[&str] = &["publisher", "source", "site", "site_name", "outlet"];
const PUBLISHED: &[&str] =
    &["date", "published", "datePublished", "published_at", "publishedAt", "date_published", "pubDate", "created_at"];
const MODIFIED: &[&str] = &["modified", "updated", "dateModified", "date_modified", "updated_at"];
const URL: &[&str] = &["url", "link", "canonical"];
const AUTHORS: &[&str] = &["author", "authors", "byline"];
const LANGUAGE: &[&str] = &["language", "lang", "inLanguage"];
/// Longest tag of a language.
const TAG: usize = 35;
/// Most authors of a document.
const MOST_AUTHORS: usize = 100;

/// The keys of a fact: the user's own, or the usual ones.
pub(super) fn keys<'k>(
    own: &'k JsonKeys,
    fact: &str,
    usual: &'static [&'static str],
) -> impl Iterator<Item = &'k str> + Clone + use<'k> {
    let own = own.get(fact);
    let usual = if own.is_some() { &[] } else { usual };
    own.into_iter().flatten().map(String::as_str).chain(usual.iter().copied())
}

/// The facts of an object, its title apart; what it says nothing of, the object around it may.
pub(super) fn of(tree: &Tree, object: usize, around: Option<usize>, own: &JsonKeys) -> Front {
    let mut front = Front::default();
    let objects = [Some(object), around.filter(|around| *around != object)];
    let (first, all) = (&objects[..1], &objects[..]);
    let found = stated(all, keys(own, "publisher", PUBLISHER), |object, key| {
        names(tree, tree.get(object, key)?).into_iter().find(|name| !name.contains("://"))
    });
    front.publisher = front.keep("publisher", found);
    let day = |object, key: &str| date(tree, tree.get(object, key)?);
    front.published = front.keep("published", stated(first, keys(own, "published", PUBLISHED), day));
    front.modified = front.keep("modified", stated(first, keys(own, "modified", MODIFIED), day));
    let found = stated(first, keys(own, "url", URL), |object, key| {
        names(tree, tree.get(object, key)?).into_iter().next().filter(|url| is_address(url))
    });
    front.url = front.keep("url", found);
    let found = stated(all, keys(own, "language", LANGUAGE), |object, key| {
        names(tree, tree.get(object, key)?).into_iter().next().filter(|tag| tag.len() <= TAG)
    });
    front.language = front.keep("language", found);
    let found = stated(first, keys(own, "authors", AUTHORS), |object, key| {
        Some(authors(tree, tree.get(object, key)?, key)).filter(|all| !all.is_empty())
    });
    front.authors = front.keep("authors", found).unwrap_or_default();
    front
}

/// What the first key says that says something, and which it is.
fn stated<'k, T>(
    objects: &[Option<usize>],
    keys: impl Iterator<Item = &'k str> + Clone,
    read: impl Fn(usize, &str) -> Option<T>,
) -> Stated<T> {
    let mut pairs = objects.iter().flatten().flat_map(|object| keys.clone().map(move |key| (*object, key)));
    pairs.find_map(|(object, key)| Some((read(object, key)?, key.to_owned())))
}

/// A string, the name of an object, or those of an array.
fn names(tree: &Tree, value: usize) -> Vec<String> {
    let of = |value: usize| {
        let named = if tree.kind(value) == Kind::Object { tree.get(value, "name")? } else { value };
        let name = (tree.kind(named) == Kind::String).then(|| tree.string(named).line())?;
        Some(name).filter(|name| !name.is_empty())
    };
    match tree.kind(value) {
        Kind::Array => tree.items(value).filter_map(of).take(MOST_AUTHORS).collect(),
        _ => of(value).into_iter().collect(),
    }
}

/// The authors that a value names. One string under a key for several of them may name several.
fn authors(tree: &Tree, value: usize, key: &str) -> Vec<String> {
    let all = names(tree, value).into_iter().filter(|name| !name.contains("://"));
    let all = all.map(|name| name.strip_prefix("By ").or(name.strip_prefix("by ")).unwrap_or(&name).to_owned());
    if tree.kind(value) != Kind::String || key == "author" {
        return all.collect();
    }
    let parts = |name: String| {
        let parts = name.split(", ").flat_map(|part| part.split(" and ")).map(|part| part.trim().to_owned());
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>()
    };
    all.flat_map(parts).take(MOST_AUTHORS).collect()
}

/// A day: as documents print them, or as seconds or milliseconds since 1970.
fn date(tree: &Tree, value: usize) -> Option<Date> {
    let raw = tree.raw(value);
    match tree.kind(value) {
        Kind::String => dateline::parse(raw),
        Kind::Number => {
            let number = raw.split('.').next()?.parse::<i64>().ok()?;
            let seconds = match raw.split('.').next()?.len() {
                9 | 10 => number,
                12 | 13 => number / 1000,
                _ => return None,
            };
            Some(Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC).date())
        }
        _ => None,
    }
}
