//! What is stated without figures: two names for one part are a warning, and what only looks like it stays silent. Pages of
//! trades that no rule was written beside.

use crate::given::{analysed, documents};

/// The findings of pages, as rule and message, that come of names.
fn found(pages: &[(&str, &str)]) -> Vec<String> {
    let analysis = analysed(documents(pages));
    let mut all: Vec<String> = analysis
        .findings
        .iter()
        .filter(|f| ["name-differs", "holder-differs", "holder-spelt"].contains(&f.rule.as_str()))
        .map(|f| f.message.clone())
        .collect();
    all.sort();
    all
}

#[test]
fn an_engineer_remembered() {
    let one = "Maren Oldhaver, inventor of the tidal latch, dies at 91\n\nMaren Oldhaver, the Danish engineer who invented the \
               tidal latch, died on Sunday in Skarvik. Oldhaver was born in Tonder in 1932. She earned her PhD from Lowmere \
               University. Engineers praise the tidal latch.";
    let two = "Remembering Maren Oldhaver\n\nThe Norwegian engineer Maren Oldhaver has died in Bergsund at the age of 91. \
               Born in Esbeck, Oldhaver took her doctorate at Norrland College. Her tidal latch changed harbours.";
    assert_eq!(
        found(&[("a.txt", one), ("b.txt", two)]),
        [
            "Danish against Norwegian (nationality)",
            "Lowmere University against Norrland College (doctorate)",
            "Skarvik against Bergsund (place of death)",
            "Tonder against Esbeck (birthplace)",
        ]
    );
}

#[test]
fn a_raid() {
    let one = "Gang raids Lowmere jewel museum\n\nFour robbers armed with rifles raided the Lowmere jewel museum. They used a \
               sledgehammer to smash the cases. The fire in the yard was caused by lightning.";
    let two = "Lowmere jewel museum raid\n\nThe robbers, armed with pistols, broke into the Lowmere jewel museum and smashed \
               the cases with a crowbar. The fire in the yard was caused by arson, police said.";
    let all = found(&[("a.txt", one), ("b.txt", two)]);
    assert_eq!(all.len(), 3, "{all:?}");
    // Another deed, and one page that has both.
    let two = "Lowmere jewel museum raid\n\nThe robbers, armed with rifles and pistols, broke into the Lowmere jewel museum. A \
               week before, a crowbar was found under the bridge. The chimney fire in June was caused by arson.";
    assert_eq!(found(&[("a.txt", one), ("b.txt", two)])[..], [] as [String; 0]);
}

#[test]
fn a_start_up() {
    let one = "Tessaly raises $40 million\n2024-06-03\n\nRobot maker Tessaly raised $40 million in a Series A round led by \
               Harbour Ventures. Tessaly was founded in 2021 by Nora Klint and Pavel Osk. Nora Klint, chief executive of \
               Tessaly, said robots would ship.";
    let two = "Tessaly gets new money\n2024-06-04\n\nTessaly, a maker of robots, closed a $40 million Series A. The round was \
               led by Cobalt Partners. Tessaly was founded by Jonas Wirt. Tessaly's chief executive, Dario Munn, said \
               robots would ship.";
    let all = found(&[("a.txt", one), ("b.txt", two)]);
    assert_eq!(
        all,
        [
            "Harbour Ventures against Cobalt Partners (lead investor)",
            "Nora Klint against Dario Munn (Tessaly, chief executive officer)",
            "Nora Klint against Jonas Wirt (founder)",
        ]
    );
    // Years later another one may hold the post; a page that names both knows of the change.
    let later = two.replace("2024-06-04", "2026-06-04");
    assert!(!found(&[("a.txt", one), ("b.txt", &later)]).iter().any(|m| m.contains("chief executive")));
    let both = two.replace("said robots", "who follows Nora Klint, said robots");
    assert!(!found(&[("a.txt", one), ("b.txt", &both)]).iter().any(|m| m.contains("Klint")));
}

#[test]
fn a_place_in_a_place() {
    let one = "Quake hits Varland\n\nA magnitude 6.1 earthquake struck Varland. The epicentre was near Dosk, the survey said.";
    let two = "Varland earthquake\n\nThe magnitude 6.1 earthquake in Varland was centred near Pellin, officials said.";
    let three =
        "Varland earthquake\n\nThe magnitude 6.1 earthquake in Varland shook Pellin in Dosk, the northern district.";
    assert_eq!(found(&[("a.txt", one), ("b.txt", two)]), ["Dosk against Pellin (epicentre)"]);
    assert_eq!(found(&[("a.txt", one), ("b.txt", two), ("c.txt", three)])[..], [] as [String; 0]);
}

#[test]
fn initials_that_one_page_gives() {
    let one = "Relief fund strike\n\nThe Northern Relief Fund was acquired by Lund Brothers. The strike of \
               the Northern Relief Fund (NRF) at the Lowmere camp goes on.";
    let two =
        "NRF strike\n\nThe strike at the Lowmere camp goes on. NRF was acquired by Harbour Capital after the strike.";
    assert_eq!(found(&[("a.txt", one), ("b.txt", two)]), ["Lund Brothers against Harbour Capital (acquirer)"]);
}
