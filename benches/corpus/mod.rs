//! A corpus of invented articles, the same on every machine: so many documents about some events, with figures, copies,
//! updates and conflicts, about 3 KB each. It measures cost, growth and identity of results, never quality.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::LazyLock;

/// How many documents the events have, in turn; one event in a hundred is a big story of `STORY` documents.
const SIZES: [usize; 8] = [1, 3, 2, 5, 1, 8, 2, 4];
const STORY: usize = 40;
/// Sentences of an article besides its facts.
const OTHERS: usize = 15;
/// Nouns, adjectives, verbs and places of those sentences.
const OWN: usize = 16;

/// Numbers that look drawn and are the same in every run (SplitMix64, Steele, Lea and Flood 2014).
struct Drawn(u64);

impl Drawn {
    fn new(parts: [u64; 2]) -> Drawn {
        Drawn(parts[0].wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ parts[1].wrapping_mul(0xd1b5_4a32_d192_ed03))
    }

    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % most as u64) as usize
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

const FIRST: [&str; 16] = [
    "Anna", "Omar", "Ines", "Peter", "Maria", "David", "Elsa", "Tom", "Nora", "Hugo", "Clara", "Paul", "Ruth", "Ivan",
    "Lena", "Mark",
];
const BEGINNINGS: [&str; 24] = [
    "Nor", "Var", "Hol", "Lun", "Tres", "Mar", "Bel", "Kor", "Os", "Fen", "Gal", "Har", "Ing", "Jor", "Kel", "Lam",
    "Mor", "Ned", "Ol", "Pel", "Quin", "Ros", "Sel", "Tor",
];
const MIDDLES: [&str; 12] = ["", "a", "en", "i", "o", "er", "an", "el", "is", "or", "un", "et"];
const ENDS: [&str; 20] = [
    "by", "vik", "dale", "mere", "ton", "berg", "mark", "land", "strom", "holm", "wick", "field", "ford", "stad",
    "bury", "den", "lo", "sund", "rup", "ness",
];
const SECTORS: [&str; 10] =
    ["Energy", "Foods", "Rail", "Marine", "Systems", "Timber", "Steel", "Robotics", "Water", "Textiles"];
const THINGS: [&str; 12] = [
    "battery plant",
    "ferry terminal",
    "concert hall",
    "flood wall",
    "wind farm",
    "rail depot",
    "swimming pool",
    "data centre",
    "paper mill",
    "bus station",
    "research hospital",
    "fish market",
];
const ROLES: [&str; 4] = ["chief executive", "chairwoman", "mayor", "project manager"];
static NOUNS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    "council harbour report winter contract bridge survey neighbour school committee budget letter garden engineer \
     street library meeting permit factory river season union machine question village delay supplier roof market \
     museum doctor payment warehouse journalist forest pipeline teacher court archive festival island kitchen tower \
     valley lawyer painter driver farmer captain singer studio theatre stadium airport tunnel canal meadow orchard \
     quarry mine laboratory hospital clinic pharmacy bakery brewery hotel restaurant cinema gallery newspaper \
     magazine station track engine boat lorry tractor bicycle timetable ticket passenger customer tenant owner \
     landlord shareholder auditor accountant banker insurer builder architect designer scientist student professor \
     pupil nurse patient judge witness inspector officer soldier sailor minister senator deputy clerk secretary \
     chairman trustee volunteer donor sponsor petition referendum election ballot treaty licence patent invoice \
     receipt ledger catalogue manuscript portrait statue monument fountain chapel cathedral monastery cemetery \
     lighthouse reservoir turbine generator battery cable antenna satellite telescope microscope thermometer"
        .split_whitespace()
        .collect()
});
static ADJECTIVES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    "old regional narrow public expensive quiet northern temporary local private late common annual careful modern \
     heavy recent difficult useful empty wooden ancient crowded distant eager famous generous hidden independent \
     junior large massive neglected official patient remote senior southern stubborn technical unusual vacant \
     wealthy western younger abandoned bright coastal damp elegant fragile"
        .split_whitespace()
        .collect()
});
static VERBS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    "praised examined rejected visited repaired described delayed financed questioned measured defended ignored \
     replaced welcomed studied moved compared closed printed followed painted photographed inspected insured guarded \
     cleaned copied translated lent borrowed inherited donated advertised blamed admired avoided blocked challenged \
     criticised discovered drained enlarged flooded governed heated imitated joined leased mentioned noticed occupied"
        .split_whitespace()
        .collect()
});
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What the documents of an event tell of.
struct Event {
    firm: String,
    place: String,
    person: String,
    role: &'static str,
    thing: &'static str,
    month: usize,
    day: usize,
    millions: usize,
    jobs: usize,
    percent: usize,
    founded: usize,
    /// What its documents speak of besides.
    nouns: Vec<&'static str>,
    adjectives: Vec<&'static str>,
    verbs: Vec<&'static str>,
    places: Vec<String>,
}

fn name(drawn: &mut Drawn) -> String {
    [drawn.of(&BEGINNINGS), drawn.of(&MIDDLES), drawn.of(&MIDDLES), drawn.of(&ENDS)].concat()
}

impl Event {
    fn new(number: usize) -> Event {
        let d = &mut Drawn::new([1, number as u64]);
        Event {
            firm: format!("{} {}", name(d), d.of(&SECTORS)),
            place: name(d),
            person: format!("{} {}", d.of(&FIRST), name(d)),
            role: ROLES[d.below(ROLES.len())],
            thing: THINGS[d.below(THINGS.len())],
            month: d.below(12),
            day: 1 + d.below(20),
            millions: 12 + d.below(900),
            jobs: 40 + d.below(3_000),
            percent: 3 + d.below(60),
            founded: 1890 + d.below(120),
            nouns: (0..OWN).map(|_| d.of(&NOUNS)).collect(),
            adjectives: (0..OWN).map(|_| d.of(&ADJECTIVES)).collect(),
            verbs: (0..OWN).map(|_| d.of(&VERBS)).collect(),
            places: (0..OWN).map(|_| name(d)).collect(),
        }
    }

    /// An article, so many days after the event, that has one figure in eight otherwise.
    fn article(&self, version: usize, drawn: &mut Drawn) -> String {
        let mut other = |value: usize| if drawn.below(8) == 0 { value + 1 + drawn.below(value / 2 + 2) } else { value };
        let (millions, jobs, percent) = (other(self.millions), other(self.jobs), other(self.percent));
        let (day, founded) = (other(self.day).min(28), other(self.founded).min(2024));
        let Event { firm, place, person, role, thing, .. } = self;
        let month = MONTHS[self.month];
        let published = format!("2025-{:02}-{:02}", self.month + 1, (self.day + version % 8).min(28));
        let facts = [
            match version % 3 {
                0 => format!("{firm} opened its new {thing} in {place} on {day} {month} 2025."),
                1 => format!("The new {thing} of {firm} in {place} was opened on {day} {month} 2025."),
                _ => format!("On {day} {month} 2025 {firm} opened the {thing} in {place}."),
            },
            match version % 3 {
                0 => format!("The {thing} cost €{millions} million."),
                1 => format!("{firm} spent €{millions} million on the {thing}."),
                _ => format!("The cost of the {thing} came to {millions} million euros, the firm said."),
            },
            match version % 2 {
                0 => format!("It employs {jobs} people, {person}, the {role}, said."),
                _ => format!("Some {jobs} people work there, according to {role} {person}."),
            },
            format!("Sales of {firm} rose by {percent} per cent last year."),
            format!("{firm} was founded in {founded}."),
            format!(
                "“The {thing} took {place} {} years, two councils and a lawsuit,” {person} said.",
                2 + self.day % 9
            ),
        ];
        let mut text = format!("---\ntitle: {firm} opens {thing} in {place}\npublished: {published}\n---\n");
        let mut facts = facts.into_iter();
        for n in 0..OTHERS {
            if n % 2 == 0
                && let Some(fact) = facts.next()
            {
                text.push_str(&fact);
                text.push(' ');
            }
            text.push_str(&self.other_sentence(drawn));
            text.push_str(if n % 4 == 3 { "\n\n" } else { " " });
        }
        text.push('\n');
        text
    }

    /// A sentence that states none of the facts.
    fn other_sentence(&self, d: &mut Drawn) -> String {
        let mut thing = || {
            let place = &self.places[d.below(OWN)];
            format!("{} {} of {place}", d.of(&self.adjectives), d.of(&self.nouns))
        };
        let (a, b, c) = (thing(), thing(), thing());
        let (verb, second) = (d.of(&self.verbs), d.of(&self.verbs));
        match d.below(5) {
            0 => format!("The {a} {verb} the {b}, and nobody in the {c} {second} it."),
            1 => format!("Nobody had {verb} the {a} before the {b} was {second} by the {c}."),
            2 => {
                format!("Of the {} visitors to the {a}, most {verb} the {b} because of the {c}.", 100 + d.below(9_000))
            }
            3 => format!("The {a} was {verb} in {}, when the {b} {second} the {c}.", 1950 + d.below(70)),
            _ => format!("While the {a} {verb} the {b}, {} {} {second} the {c}.", d.of(&FIRST), name(d)),
        }
    }
}

/// The documents, each with its name.
pub(crate) fn documents(count: usize) -> impl Iterator<Item = (String, String)> {
    let events = (0..).flat_map(|event| {
        let size = if event % 100 == 99 { STORY } else { SIZES[event % SIZES.len()] };
        (0..size).map(move |version| (event, version))
    });
    events.take(count).enumerate().map(|(at, (event, version))| {
        // One document in nine is the one before it, as a wire story is printed twice.
        let copied = version > 0 && (event + version).is_multiple_of(9);
        let version = version - usize::from(copied);
        let text = Event::new(event).article(version, &mut Drawn::new([2 + version as u64, event as u64]));
        (format!("{at:06}.md"), text)
    })
}

/// Writes the documents into a folder, a thousand to a subfolder.
///
/// # Errors
/// When a file or a folder cannot be written.
pub(crate) fn write(folder: &Path, count: usize) -> io::Result<()> {
    for (at, (name, text)) in documents(count).enumerate() {
        let sub = folder.join(format!("{:03}", at / 1000));
        if at % 1000 == 0 {
            fs::create_dir_all(&sub)?;
        }
        fs::write(sub.join(name), text)?;
    }
    Ok(())
}
