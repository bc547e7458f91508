//! Puts the holder of a post in the place of the post, in claims of documents that do not name the holder. The words of
//! the text stay where they are, in the context of the claim.

use std::collections::BTreeMap;

use crate::entity::{EntityType, StandIn};
use crate::text::fold;

use super::model::{Claim, Subject};

/// See the module. A claim is stated by the words of a post where its context holds them and its subject or speaker is
/// called by them.
pub fn stand_for(claims: &mut [Claim], found: &[StandIn]) {
    let mut of: BTreeMap<u32, Vec<&StandIn>> = BTreeMap::new();
    for stand_in in found {
        of.entry(stand_in.document).or_default().push(stand_in);
    }
    for claim in claims {
        for stand_in in of.get(&claim.source).into_iter().flatten() {
            if !claim.context_spans.iter().any(|(_, span)| span.contains(stand_in.span)) {
                continue;
            }
            if let Some(subject) = claim.subject.as_mut().filter(|s| s.entity.is_none()) {
                take_over(subject, stand_in);
            }
            if let (Some(name), Some(speaker)) = (&stand_in.holder, &mut claim.attributed_to)
                && fold(speaker) == fold(&stand_in.words)
            {
                speaker.clone_from(name);
            }
        }
    }
}

/// The post as subject, or as the one whose statement or post is the subject.
fn take_over(subject: &mut Subject, stand_in: &StandIn) {
    let (own, words) = (subject.name.clone(), stand_in.words.as_str());
    let Some(rest) = own.strip_prefix(words).filter(|rest| rest.is_empty() || rest.starts_with('’')) else { return };
    subject.entity = Some(stand_in.entity);
    if let Some(name) = &stand_in.holder {
        subject.name = format!("{name}{rest}");
    }
    if rest.is_empty() {
        subject.kind = EntityType::Person;
    }
}

#[cfg(test)]
mod tests {
    use crate::claim::Extractor;
    use crate::entity::{merge, stand_in};
    use crate::rule::Rules;
    use crate::source::Document;

    use super::*;

    /// Whom the last of some documents of one event cluster quotes.
    fn quoted(others: &[&str], said: &str) -> String {
        speaker(others, &format!("“We have waited nine winters for these boats,” said {said}."), "quote")
    }

    /// Who the last of some documents of one event cluster says has counted boats.
    fn counted(others: &[&str], who: &str) -> String {
        speaker(others, &format!("{who} said 320 boats were painted."), "count")
    }

    /// Who speaks in the first claim of a kind of a document, after others of its event cluster.
    fn speaker(others: &[&str], last: &str, kind: &str) -> String {
        let rules = Rules::embedded().unwrap();
        let extractor = Extractor::new(&rules);
        let texts: Vec<&str> = others.iter().copied().chain([last]).collect();
        let (mut claims, mut known, mut posts) = (Vec::new(), Vec::new(), Vec::new());
        for (source, text) in (0..).zip(&texts) {
            let found = extractor.extract(&Document::from_text(&format!("{source}.txt"), text), None);
            claims.extend(found.claims.into_iter().map(|c| Claim { source, ..c }));
            known.push(found.known);
            posts.push(found.posts);
        }
        let mut merged = merge(&known, &[], extractor.lookup());
        let event_clusters = vec![0; texts.len()];
        stand_for(&mut claims, &stand_in(&posts, &known, &event_clusters, &mut merged));
        let own = |c: &&Claim| c.source as usize == others.len() && &*c.kind == kind;
        claims.iter().find(own).and_then(|c| c.attributed_to.clone()).unwrap_or_default()
    }

    #[test]
    fn one_holder_in_the_story() {
        let solberg = ["The chief executive of Norvik Holdings, Ingrid Solberg, opened the pier."];
        assert_eq!(quoted(&solberg, "Norvik’s chief executive"), "Ingrid Solberg");
        assert_eq!(quoted(&solberg, "the chief executive of Norvik Holdings"), "Ingrid Solberg");
        assert_eq!(quoted(&solberg, "the Norvik CEO"), "Ingrid Solberg");
        assert_eq!(quoted(&["Omar Lund, the mayor of Lowmere, was there."], "the mayor of Lowmere"), "Omar Lund");
        assert_eq!(quoted(&["Mayor Omar Lund was there."], "the mayor"), "Omar Lund");
        assert_eq!(quoted(&["The pilot, Omar Lund, was rescued."], "the pilot"), "Omar Lund");
        assert_eq!(
            quoted(&["Ingrid Solberg, the lead author of the study, was glad."], "the lead author"),
            "Ingrid Solberg"
        );
        assert_eq!(
            quoted(&["Ingrid Solberg is the director of the museum."], "the museum’s director"),
            "Ingrid Solberg"
        );
        assert_eq!(
            quoted(&["Finnish Prime Minister Ingrid Solberg came."], "the Finnish prime minister"),
            "Ingrid Solberg"
        );
        assert_eq!(quoted(&["Health Minister Omar Lund came."], "the health minister"), "Omar Lund");
    }

    #[test]
    fn who_holds_a_post_speaks_and_not_what_it_is_a_post_of() {
        let solberg = ["The chief executive of Norvik Holdings, Ingrid Solberg, opened the pier."];
        assert_eq!(counted(&solberg, "The chief executive of Norvik Holdings"), "Ingrid Solberg");
        assert_eq!(counted(&[], "Ingrid Solberg, the chief executive of Norvik Holdings,"), "Ingrid Solberg");
        assert_eq!(counted(&[], "Omar Lund, mayor of Lowmere,"), "Omar Lund");
        assert_eq!(counted(&[], "The chief executive of Norvik Holdings"), "chief executive");
        assert_eq!(counted(&[], "A spokesman for Norvik Holdings"), "Norvik Holdings");
    }

    #[test]
    fn a_page_about_the_organisation_need_not_name_it_beside_the_post() {
        let holds = "Norvik Holdings opened a pier. Ingrid Solberg, chief executive of Norvik Holdings, was there.";
        assert_eq!(quoted(&[holds, "Norvik Holdings grew."], "the chief executive"), "chief executive");
        assert_eq!(quoted(&[holds], "the chief executive of Norvik Holdings, which grew"), "Ingrid Solberg");
    }

    #[test]
    fn nobody_else_is_meant() {
        let two = [
            "Ingrid Solberg, chief executive of Norvik Holdings, came.",
            "Omar Lund, chief executive of Lund Brothers, left.",
        ];
        assert_eq!(quoted(&two, "Norvik’s chief executive"), "Ingrid Solberg");
        let silent: [(&[&str], &str); 14] = [
            (&two, "the chief executive"),
            (&two, "the rival’s chief executive"),
            (&two, "the deputy chief executive of Norvik Holdings"),
            (&two, "the former chief executive of Norvik Holdings"),
            (&two, "a chief executive of Norvik Holdings"),
            // Somebody comes or goes.
            (&["Ingrid Solberg, the former mayor of Lowmere, came."], "the mayor of Lowmere"),
            (&["The new mayor of Lowmere, Ingrid Solberg, came."], "the mayor of Lowmere"),
            (&["The acting mayor of Lowmere, Ingrid Solberg, came."], "the mayor of Lowmere"),
            (&["Ingrid Solberg, the mayor of Lowmere, resigned on Monday."], "the mayor of Lowmere"),
            // Another post, another place, another people.
            (&["Omar Lund, the mayor of Lowmere, came."], "the mayor of Upmere"),
            (&["Omar Lund, the museum’s director, came."], "the film director"),
            (&["Finnish Prime Minister Omar Lund came."], "the British prime minister"),
            (&["The pilots Omar Lund and Ingrid Solberg came."], "the pilot"),
            (&["Omar Lund, vice president of Norvik, came."], "the president of Norvik"),
        ];
        let taken = silent.iter().map(|(others, said)| (*said, quoted(others, said)));
        let taken: Vec<_> = taken.filter(|(_, who)| who.contains("Solberg") || who.contains("Lund")).collect();
        assert!(taken.is_empty(), "{taken:?}");
    }
}
