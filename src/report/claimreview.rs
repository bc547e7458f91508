//! ClaimReview: the disagreements as JSON-LD in the terms of schema.org.
//!
//! A review says that sources stand against each other, never which of them is right: its rating has words and no
//! number. One review is about one finding; what it reviews are the claims of all sides. Findings that are no
//! disagreement (a later state, a further detail) and those that a person has settled make no review. `url` and
//! `datePublished` are for whoever publishes a review: belie knows neither.

use serde::Serialize;

use crate::claim::Polarity;
use crate::finding::{Analysis, Finding, Status};
use crate::graph::Relation;

use super::sides::{FindingClaim, sides, values};
use super::{Format, Style, safe, source_place};
use crate::text::json_pretty;

/// `--format claimreview`.
pub(super) struct ClaimReview;

#[derive(Serialize)]
struct Graph {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Review>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "ClaimReview", rename_all = "camelCase")]
struct Review {
    #[serde(rename = "@id")]
    id: String,
    name: String,
    claim_reviewed: String,
    author: Organization,
    review_rating: Rating,
    review_body: String,
    item_reviewed: Vec<Claim>,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
struct Organization {
    name: String,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct Rating {
    alternate_name: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    rating_explanation: String,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct Claim {
    #[serde(rename = "@id")]
    id: String,
    /// The value that it gives.
    name: String,
    /// The sentence.
    text: String,
    /// Who the text says is speaking, if it does. Whether that is a person is not always known, so it is no `author`.
    #[serde(skip_serializing_if = "Option::is_none")]
    credit_text: Option<String>,
    appearance: CreativeWork,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct CreativeWork {
    /// Path, line and column.
    identifier: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Organization>,
}

impl Format for ClaimReview {
    fn name(&self) -> &'static str {
        "claimreview"
    }

    fn help(&self) -> &'static str {
        "disagreements as ClaimReview of schema.org (JSON-LD), without a verdict on who is right"
    }

    fn render(&self, analysis: &Analysis, _: &Style) -> String {
        let graph = analysis.findings.iter().filter_map(|f| review(analysis, f)).collect();
        embeddable(&json_pretty(&Graph { context: "https://schema.org", graph }))
    }
}

fn review(analysis: &Analysis, finding: &Finding) -> Option<Review> {
    if matches!(finding.status, Status::Accepted | Status::Dismissed | Status::Gone) {
        return None;
    }
    let sides = sides(analysis, finding);
    let one = sides.first().is_some_and(|first| sides.iter().all(|s| s.source == first.source));
    let rating = rating(finding.relation, one)?;
    let values = values(analysis, finding);
    let reviewed = match values.as_slice() {
        // A consistency constraint that fails may have one value, or none of its own: the message says what it is about.
        [] | [_] => finding.message.clone(),
        values => {
            let what = analysis.called.what(finding.subject.as_deref(), &finding.attribute);
            format!("{what}: {}", values.join(" / "))
        }
    };
    Some(Review {
        id: format!("urn:belie:finding:{}", finding.id),
        name: safe(&finding.message).into_owned(),
        claim_reviewed: safe(&reviewed).into_owned(),
        author: Organization { name: "belie".to_owned() },
        review_rating: Rating {
            alternate_name: rating,
            rating_explanation: safe(&finding.notes.join("; ")).into_owned(),
        },
        review_body: safe(&finding.help).into_owned(),
        item_reviewed: sides.iter().map(claim).collect(),
    })
}

/// What a review says of a relation; `None` for one that is no disagreement.
fn rating(relation: Relation, one: bool) -> Option<&'static str> {
    use Relation::*;
    Some(match relation {
        Conflict | DerivedConflict if one => "conflict within one source",
        Conflict => "conflict between sources",
        DerivedConflict => "figures that do not fit together",
        QuoteVariant | QuoteTruncated => "quoted in different words",
        Unresolved => "unresolved between sources",
        Agree | Compatible | Refines | Updates | QuoteMatch | DerivedConsistent | SameOrigin => return None,
    })
}

fn claim(side: &FindingClaim<'_>) -> Claim {
    let document = side.document;
    let text = |t: &str| safe(t).into_owned();
    let name = document.title.as_deref().unwrap_or(&document.id);
    Claim {
        id: format!("urn:belie:claim:{}", side.claim.id),
        name: text(&match side.claim.polarity {
            Polarity::Positive => side.value.to_owned(),
            Polarity::Negative => format!("{} (denied)", side.value),
        }),
        text: text(side.claim.span.of(&document.text).trim()),
        credit_text: side.claim.attributed_to.as_deref().map(text),
        appearance: CreativeWork {
            identifier: source_place(document, side.claim).to_string(),
            name: text(name),
            url: document.url.as_deref().filter(|u| is_web(u)).map(text),
            date_published: document.published.map(|d| d.to_string()),
            publisher: document.publisher.as_deref().map(|name| Organization { name: text(name) }),
        },
    }
}

/// Whether an address is one that a reader may be led to: a source may say `javascript:`.
fn is_web(url: &str) -> bool {
    let begins = |scheme: &str| url.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme));
    begins("https://") || begins("http://")
}

/// JSON that may stand in a `<script>` element: all of these occur in strings alone.
fn embeddable(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn reviews() {
        let mut analysis = fixture::analysis();
        analysis.findings[0].claims.retain(|&c| c != 5);
        insta::assert_snapshot!(ClaimReview.render(&analysis, &Style::default()), @r#"
        {
          "@context": "https://schema.org",
          "@graph": [
            {
              "@type": "ClaimReview",
              "@id": "urn:belie:finding:f0",
              "name": "two accounts of opened: see both",
              "claimReviewed": "Alder Bridge, opened: 14 May 2021 / 12 May 2021",
              "author": {
                "@type": "Organization",
                "name": "belie"
              },
              "reviewRating": {
                "@type": "Rating",
                "alternateName": "conflict between sources",
                "ratingExplanation": "both speak of the Alder Bridge"
              },
              "reviewBody": "find the record that dates it",
              "itemReviewed": [
                {
                  "@type": "Claim",
                  "@id": "urn:belie:claim:h0",
                  "name": "12 May 2021",
                  "text": "The Alder Bridge opened on 12 May 2021.",
                  "appearance": {
                    "@type": "CreativeWork",
                    "identifier": "harbour.txt:1:28",
                    "name": "harbour.txt"
                  }
                },
                {
                  "@type": "Claim",
                  "@id": "urn:belie:claim:c0",
                  "name": "14 May 2021",
                  "text": "Crowds came when the Alder Bridge opened on Friday, 14 May 2021.",
                  "appearance": {
                    "@type": "CreativeWork",
                    "identifier": "council.txt:1:45",
                    "name": "council.txt",
                    "datePublished": "2021-06-01",
                    "publisher": {
                      "@type": "Organization",
                      "name": "The Council"
                    }
                  }
                }
              ]
            }
          ]
        }
        "#);
    }

    #[test]
    fn no_script_ends() {
        let mut analysis = fixture::analysis();
        analysis.findings[0].message = "</script><script>alert(1)</script> &amp; \u{2028}".to_owned();
        let text = ClaimReview.render(&analysis, &Style::default());
        assert!(!text.contains(['<', '>', '&', '\u{2028}']), "{text}");
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["@graph"][0]["name"], "</script><script>alert(1)</script> &amp;  ");
    }

    #[test]
    fn addresses() {
        assert!(is_web("HTTPS://example.org/a") && is_web("http://example.org"));
        assert!(!is_web("javascript:alert(1)") && !is_web("é") && !is_web("data:text/html,x"));
    }
}
