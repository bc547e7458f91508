//! What each gate of comparison stops, and what it lets through; and that `belie why` explains any silence.

use crate::program::{Ended, Folder, run};

/// What `why` says of the first line of two texts.
fn why(a: &str, b: &str, others: &[&str]) -> Ended {
    why_without("", a, b, others)
}

/// The same with a rule switched off.
fn why_without(rule: &str, a: &str, b: &str, others: &[&str]) -> Ended {
    let folder = Folder::new(&format!("gates-{}", case(&[&[a, b], others].concat())));
    folder.file("a.txt", a);
    folder.file("b.txt", b);
    for (n, text) in others.iter().enumerate() {
        folder.file(&format!("c{n}.txt"), text);
    }
    let off: &[&str] = if rule.is_empty() { &[] } else { &["--ignore", rule] };
    run(&folder, &[&["why", "a.txt:1", "b.txt:1", ".", "--verbose", "--no-cache", "--color", "never"], off].concat())
}

/// A name for the folder of a case: tests of one binary run side by side.
fn case(texts: &[&str]) -> u64 {
    texts
        .iter()
        .flat_map(|t| t.bytes())
        .fold(14_695_981_039_346_656_037, |h, b| (h ^ u64::from(b)).wrapping_mul(1_099_511_628_211))
}

/// What is said of the first pair of two texts of which one claim has an attribute.
#[track_caller]
fn pair(attribute: &str, a: &str, b: &str) -> String {
    let said = why(a, b, &[]);
    let about = |block: &&str| block.contains(&format!(": {attribute} = "));
    said.out.split("\n\n").find(about).unwrap_or_else(|| panic!("no {attribute}: {}", said.all())).to_owned()
}

#[track_caller]
fn stops(gate: &str, attribute: &str, a: &str, b: &str) {
    let said = pair(attribute, a, b);
    assert!(said.contains(&format!("stopped by the {gate} gate")), "{said}");
}

#[track_caller]
fn passes(attribute: &str, a: &str, b: &str) {
    let said = pair(attribute, a, b);
    assert!(
        !said.contains("stopped by the")
            && !said.contains("never compared: they are filed under different subjects or attributes"),
        "{said}"
    );
}

#[test]
fn entity() {
    let norvik = "Norvik Holdings was valued at $40 billion in May 2024.";
    passes("valuation", norvik, "In May 2024 Norvik was valued at $38 billion.");
    passes("valuation", norvik, "Norvik Holdings, Inc. was valued at $38 billion in May 2024.");
    // Another company is never in one block.
    why(norvik, "Lund Brothers was valued at $38 billion in May 2024.", &[])
        .expect(0, &["never compared: they are filed under different subjects or attributes"]);
}

#[test]
fn attribute() {
    let price = "Norvik Holdings had revenue of $40 million in 2024.";
    stops("attribute", "revenue", price, "Norvik Holdings had a net profit of $38 million in 2024.");
    passes("revenue", price, "In 2024 the revenue of Norvik Holdings was $38 million.");
    passes("revenue", price, "Sales of Norvik Holdings were $38 million in 2024.");
}

#[test]
fn unit() {
    let far = "The Lowmere ferry crossed 24 miles of open sea.";
    why(far, "The Lowmere ferry crossed 39 kilometres of open sea.", &[]).expect(0, &["exact conversion"]);
    why(far, "The Lowmere ferry crossed the open sea in 39 minutes.", &[])
        .expect(0, &["never compared: they are filed under different subjects or attributes"]);
    let paid = "Norvik Holdings was valued at $40 billion in May 2024.";
    why(paid, "Norvik Holdings was valued at 38 billion euros in May 2024.", &[])
        .expect(0, &["never compared: they are filed under different subjects or attributes"]);
}

#[test]
fn scope() {
    let quarter = "Norvik Holdings had revenue of $40 million in the third quarter of 2024.";
    stops("scope", "revenue", quarter, "Norvik Holdings had revenue of $38 million in the second quarter of 2024.");
    passes("revenue", quarter, "Third-quarter revenue of Norvik Holdings was $38 million in 2024.");
    let before = "The pre-money valuation of Norvik Holdings was $40 billion in May 2024.";
    stops("scope", "valuation", before, "The post-money valuation of Norvik Holdings was $45 billion in May 2024.");
    passes("valuation", before, "In May 2024 the pre-money valuation of Norvik Holdings was $38 billion.");
}

#[test]
fn time() {
    let may = "Norvik Holdings was valued at $40 billion in May 2024.";
    why(may, "Norvik Holdings was valued at $38 billion in May 2020.", &[]).expect(0, &["linked: updates"]);
    passes("valuation", may, "Norvik Holdings was valued at $38 billion in May 2024.");
    // What does not move in time is not asked when.
    let founded = "Norvik Holdings was founded in 1998.";
    why(founded, "Norvik Holdings was founded in 1989.", &[]).expect(0, &["linked: conflict"]);
}

#[test]
fn modality() {
    let fact = "Norvik Holdings raised $40 million in May 2024.";
    stops("modality", "funding", fact, "If the bank agrees, Norvik Holdings could raise $50 million in May 2024.");
    passes("funding", fact, "Norvik Holdings reportedly raised $50 million in May 2024.");
}

#[test]
fn value() {
    let valued = "Norvik Holdings was valued at $40 billion in May 2024.";
    let other = |value: &str| format!("In May 2024 Norvik Holdings was valued at {value}.");
    why(valued, &other("$40.2 billion"), &[]).expect(0, &["linked: compatible"]);
    why(valued, &other("more than $39 billion"), &[]).expect(0, &["linked: compatible"]);
    why(valued, &other("more than $41 billion"), &[]).expect(0, &["linked: conflict"]);
    why(valued, &other("$40,000 million"), &[]).expect(0, &["linked: agree"]);
}

#[test]
fn silence_has_a_reason() {
    let strong = "A magnitude 7.8 earthquake hit the coast of Lowmere before dawn.";
    let weak = "Before dawn a magnitude 7.4 earthquake hit the coast of Lowmere.";
    why(strong, weak, &[]).expect(0, &["linked: conflict by event-conflict"]);
    // A third document that states both keeps them apart.
    let both = "Lowmere shook twice: a magnitude 7.8 earthquake hit the coast before dawn, a magnitude 7.4 earthquake \
                hit the coast of Lowmere at noon.";
    why(strong, weak, &[both]).expect(0, &["conflict by event-conflict, withdrawn: c0.txt states both values"]);
    // No gate stops these, and no rule speaks: what would have, and what it lacks.
    let rest = "\nThe harbour of Lowmere is old. Its council has kept the ferry, the pumps and the northern gate going through \
                many winters, and the keeper of the light writes down what the sea takes. Ferries leave for the islands in \
                the morning and come back at dusk; in a storm they stay where they are. Fishermen mend their nets on the \
                quay beside the pump house, and the divers of the harbour look after the gates and the chains below them.";
    let money = format!("The Lowmere ferry company got $4 million from the harbour council.{rest}");
    let more = format!("The Lowmere ferry company brought home $7 million.{rest}");
    why_without("values-differ", &money, &more, &[])
        .expect(0, &["no rule covers such a pair", "would say conflict, but"]);
    why(strong, "The Lowmere harbour was closed on 3 May 2021.", &[])
        .expect(0, &["never compared: they are filed under different subjects or attributes", "filed under"]);
}

/// A conflict that a block takes back is reported with the page that made it so, also of claims for which others speak.
#[test]
fn suppressed_by_pages_on_several_things() {
    let bridges = "Five bridges cross the Sorley below Lowmere. The Norvik Bridge is 300 metres long. The Lund Bridge is 520 \
                   metres long. The Norvik Bridge, built by the harbour council of Lowmere, is 300 metres long.";
    let others = "The bridges of Lowmere over the Sorley are long. The Norvik Bridge is 320 metres long. The Lund Bridge is \
                  520 metres long. The harbour council of Lowmere built it.";
    let said = why_without("values-differ", bridges, others, &[]);
    let several =
        "conflict by value-conflict, withdrawn: a.txt and b.txt give the attribute several values, one for each of";
    said.expect(0, &[several, "represented by others that say the same: a.txt:1:67"]);
    assert!(!said.out.contains("switched off"), "{}", said.out);
    // Where only one page has several, and the other one means one of them, the conflict stands; so it is said of both.
    let brief =
        "Painters are to hang from ropes all summer: the Norvik Bridge is 320 metres long, and rust is everywhere.";
    let speak =
        "represented by others that say the same: a.txt:1:67 (Norvik Bridge: length = 300 metres) against b.txt:1:66";
    why(bridges, brief, &[]).expect(0, &[speak, "linked: conflict by value-conflict"]);
}

#[test]
fn a_rule_that_is_switched_off_is_said_to_be() {
    let folder = Folder::new("gates-off");
    folder.file("a.txt", "Norvik Holdings was founded in 1998.");
    folder.file("b.txt", "Norvik Holdings was founded in 1989.");
    let said = run(
        &folder,
        &["why", "a.txt:1", "b.txt:1", ".", "--verbose", "--no-cache", "--color", "never", "--ignore", "date-conflict"],
    );
    said.expect(0, &["conflict by date-conflict, which is switched off"]);
}

#[test]
fn superlatives() {
    let largest = "The Norvik Bridge is the largest bridge in Lowmere in May 2024.";
    let second =
        |rest: &str| format!("The Norvik Bridge is the second-largest {rest} in May 2024. It is painted green.");
    why(largest, &second("bridge in Lowmere"), &[]).expect(0, &["linked: conflict by value-conflict"]);
    stops("scope", "rank", largest, &second("bridge in Upmere"));
    stops("scope", "rank", largest, &second("railway bridge in Lowmere"));
    let measured = "The Norvik Bridge is the largest bridge in Lowmere by height in May 2024.";
    stops("scope", "rank", measured, &second("bridge in Lowmere by weight"));
    // Of the largest one day it is not said that it is the second another day.
    passes("rank", largest, "The Norvik Bridge is the second-largest bridge in Lowmere in May 2004.");
    let first = "Ingrid Solberg was the first woman to cross the strait alone.";
    why(first, "Ingrid Solberg was the second woman to cross the strait alone.", &[]).expect(0, &["linked: conflict"]);
    stops("scope", "place in time", first, "Ingrid Solberg was the second woman to cross the bay alone.");
}

#[test]
fn sums_through_a_stated_rate() {
    let pounds = "Norvik Holdings was valued at £50 million in May 2024. The harbour council of Lowmere was pleased.";
    let dollars =
        |sum: &str| format!("In May 2024 Norvik Holdings was valued at {sum}. The harbour council was pleased.");
    let rate = "The harbour council of Lowmere and Norvik Holdings met in May 2024. On that day £1 was worth $1.25.";
    let agreed = ["linked: agree by exchanged", "at the rate that c0.txt states: £1 was worth $1.25"];
    why(pounds, &dollars("$62 million"), &[rate]).expect(0, &agreed);
    why(pounds, &dollars("$62 billion"), &[rate]).expect(0, &["linked: unresolved by exchanged", "10^3"]);
    // A rate moves, and nothing is refuted by it; without one, nothing is said.
    why(pounds, &dollars("$71 million"), &[rate])
        .expect(0, &["never compared: they are filed under different subjects or attributes"]);
    why(pounds, &dollars("$62 million"), &[])
        .expect(0, &["never compared: they are filed under different subjects or attributes"]);
    // Of another quantity or time it is no rate at all.
    let raised = "In May 2024 Norvik Holdings raised $62 million. The harbour council was pleased.";
    why(pounds, raised, &[rate]).expect(0, &["never compared: they are filed under different subjects or attributes"]);
    let bracketed =
        "Norvik Holdings paid for a pier (€88m; $102m) in Lowmere, where the harbour council was pleased in May 2024.";
    let euros = "Norvik Holdings was valued at €44 million in May 2024. The harbour council of Lowmere was pleased.";
    why(euros, &dollars("$51 million"), &[bracketed]).expect(0, &["linked: agree by exchanged", "€88m; $102m"]);
}

#[test]
fn a_post_is_compared_as_its_holder() {
    let named = "The chief executive of Norvik Holdings, Ingrid Solberg, is 52 years old. Norvik Holdings opened the pier of Lowmere.";
    let post = "Norvik Holdings opened the pier of Lowmere. The chief executive is 54 years old.";
    why(named, post, &[]).expect(0, &["Ingrid Solberg: age = 54", "linked: conflict"]);
    // Where a page of the event cluster has another one, nobody is meant.
    let other = "Norvik Holdings opened the pier of Lowmere. The chief executive of Norvik Holdings, Omar Lund, spoke.";
    let said = why(named, post, &[other]);
    // Two texts as brief as these are held against each other whoever they are about (`differs-brief`).
    said.expect(
        0,
        &[
            "(chief executive: age = 54",
            "different  Ingrid Solberg  chief executive",
            "a post that several people hold",
        ],
    );
}

/// Sources that give one named thing as many days as there are sources are one finding, however alike some of them word
/// it; a source that comes later is reported.
#[test]
fn all_values_of_what_has_one_are_told() {
    let folder = Folder::new("gates-three-days");
    folder.file("a.txt", "The Alder Bridge opened on 14 May 2021.");
    folder.file("b.txt", "The Alder Bridge opened on 12 May 2021.");
    let of_two =
        "14 May 2021 against 12 May 2021 (Alder Bridge, date of opening) (2 sources, 2 origins, confidence 0.95)";
    run(&folder, &["check", ".", "--format", "concise"]).expect(1, &[of_two]);
    folder.file(
        "c.txt",
        "Crowds came from the whole valley when the Alder Bridge was opened on 11 May 2021 by the mayor.",
    );
    let said = run(&folder, &["check", ".", "--format", "concise"]);
    said.expect(1, &["14 May 2021 against 12 May 2021 against 11 May 2021 (Alder Bridge, date of opening) (3 sources"]);
    assert_eq!(said.out.lines().count(), 1, "{}", said.out);
}

/// Where several pairs speak for each other, none is asked twice; and the conflict of one week is not hidden by an earlier page.
#[test]
fn pairs_that_speak_for_each_other() {
    let folder = Folder::new("gates-speakers");
    let (here, there) =
        ("Norvik Holdings has 320 employees in Lowmere.", "Norvik Holdings has 290 employees in Harbourtown.");
    folder.file("a.txt", here);
    folder.file("b.txt", here);
    folder.file("c.txt", there);
    run(&folder, &["why", "a.txt:1", "c.txt:1", "."]).expect(0, &["place differs"]);

    let folder = Folder::new("gates-week");
    let dated = |day: &str, staff: u32| format!("---\npublished: {day}\n---\nNorvik Holdings has {staff} employees.\n");
    folder.file("a.md", dated("2020-01-01", 320));
    folder.file("b.md", dated("2026-05-19", 320));
    folder.file("c.md", dated("2026-05-20", 290));
    run(&folder, &["check", ".", "--format", "concise", "--fail-on", "warning"]).expect(1, &["290"]);
}
