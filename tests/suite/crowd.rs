//! An event cluster among many documents: what is found in it is what is found in it alone.

use serde_json::Value;

use crate::program::{Folder, run};

/// Documents of the crowd: more than a block holds before it is divided.
const CROWD: usize = 340;

const EVENT: [(&str, &str); 3] = [
    (
        "story/a.txt",
        "Agnes Thorley, co-founder of Norvik Holdings, opened the tidal mill at Lowmere on 3 June 2021. The mill cost $40 \
         million, and its wheel weighs 12 tonnes. Agnes Thorley said the wheel would grind barley for the whole coast.",
    ),
    (
        "story/b.txt",
        "The tidal mill at Lowmere opened on 3 June 2021. Agnes Thorley was a founding member of Norvik Holdings, which paid \
         for it. The mill cost $46 million, and its wheel weighs 12 tonnes. It will grind barley for the coast.",
    ),
    (
        "story/c.txt",
        "Barley is ground again at Lowmere, where the tidal mill opened on 5 June 2021. Agnes Thorley helped launch Norvik \
         Holdings. The wheel of the mill weighs 12 tonnes.",
    ),
];

/// A word of no language, another for each number.
fn word(n: usize) -> String {
    let syllable = |n: usize| {
        format!("{}{}", ["b", "dr", "f", "gl", "k", "m", "pl", "s"][n % 8], ["a", "e", "i", "o", "u"][n / 8 % 5])
    };
    [n, n / 40, n / 7 + 3].map(syllable).concat()
}

/// A text about the same woman that tells of nothing else the event cluster tells of.
fn stranger(n: usize) -> String {
    let words: Vec<String> = (0..24).map(|i| word(n * 24 + i)).collect();
    let firm = words[0].replacen(|_| true, &words[0][..1].to_uppercase(), 1);
    format!(
        "Agnes Thorley, co-founder of {firm} Holdings, came. {} {}. {} {}.",
        words[1],
        words[2..12].join(" "),
        words[12],
        words[13..].join(" ")
    )
}

/// What is found in files of the event cluster: rule, message and claims of every finding, and every link.
fn told(folder: &Folder) -> (Vec<String>, Value) {
    let ended = run(folder, &["check", ".", "--format", "json", "--fail-on", "never", "--no-cache"]);
    assert_eq!(ended.code, Some(0), "{}", ended.all());
    let report: Value = serde_json::from_str(&ended.out).unwrap();
    let all = |key: &str| report[key].as_array().unwrap().clone();
    let own = |claim: &Value| {
        let found = all("claims").into_iter().find(|c| c["id"] == *claim).unwrap();
        found["source"].as_str().unwrap().starts_with("story/")
    };
    let findings = all("findings").into_iter().filter(|f| f["claims"].as_array().unwrap().iter().any(own));
    let mut out: Vec<String> = findings.map(|f| format!("{} {} {}", f["rule"], f["message"], f["claims"])).collect();
    let links = all("relations").into_iter().filter(|l| own(&l["a"]) || own(&l["b"]));
    out.extend(links.map(|l| format!("{} {} {} {}", l["type"], l["a"], l["b"], l["rule"])));
    out.sort();
    (out, report["coverage"].clone())
}

#[test]
fn a_story_among_many_is_told_as_alone() {
    let folder = Folder::new("crowd");
    for (name, text) in EVENT {
        folder.file(name, text);
    }
    let (alone, _) = told(&folder);
    assert!(alone.iter().any(|f| f.contains("founder-strength")), "{alone:#?}");
    assert!(alone.iter().any(|f| f.contains("conflict")), "{alone:#?}");
    for n in 0..CROWD {
        folder.file(&format!("crowd/{n:03}.txt"), stranger(n));
    }
    let (among, coverage) = told(&folder);
    assert_eq!(alone, among);
    // Without the parts of event clusters, the block of the woman would have lost the pairs of the last ones.
    let capped = coverage["capped"].as_array().unwrap();
    assert!(capped.iter().any(|c| c["cells"].as_u64().unwrap() > 300), "{capped:?}");
    // Linear: three parts of so many clusters at most.
    assert!(coverage["pairs_considered"].as_u64().unwrap() < 300 * 3 * (CROWD as u64 + 30));
}
