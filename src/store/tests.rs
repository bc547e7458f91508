//! Entries that are cut off, altered, exchanged, or another program's; keys; bounds; folders that cannot be used.

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::key::{Key, PROGRAM};
use super::{Cache, Contribution, entry, folder};
use crate::candidate::telling;
use crate::claim::given::EXTRACTOR;
use crate::origin::{credit, shingles};
use crate::source::Document;

/// Bounds, precision, ranges, units with offset, a partial date, a weekday, scope, a quotation, a denial, a role.
const TEXT: &str = "---\npublisher: The Weir Ledger\npublished: 2031-03-12\n---\n# The Otter Mill is to be restored\n\n\
The Brackwater Trust was valued at more than $4.20 million in March 2031. It cost between 10 and 12.50 euros a share. \
It was -0 °C at noon, -0.0 °C at dusk, and nearly -3.5 °C on Wednesday, 12 March 2031, and 19.9 percent of the homes lost power. Agnes Thorley, the chief \
executive of the Brackwater Trust, did not join the council in 2029. “We have waited nine winters for this,” said Ines \
Calloway, the treasurer. Revenue fell by about 12 percent in the third quarter. By the end of 2032 the works may cost \
at least $9 million, she added. The mill opened on 3 June 1874.\n\n| year | visitors |\n|---|---|\n| 2030 | 1,200 |\n";

fn extracted(document: &Document) -> Contribution {
    let extraction = EXTRACTOR.extract(document, None);
    Contribution {
        shingles: shingles(document, &extraction.segments),
        credit: credit(document, &extraction.segments, EXTRACTOR.lookup()),
        telling: telling(document, &extraction.segments, &extraction.known, EXTRACTOR.lookup()),
        claims: extraction.claims,
        known: extraction.known,
        posts: extraction.posts,
        segments: extraction.segments,
        passages: extraction.passages,
    }
}

fn document(id: &str) -> Document {
    // Twice, to be worth keeping.
    Document::from_text(id, &format!("{TEXT}\n{TEXT}"))
}

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("belie-store-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    /// Every file below it whose name ends so, sorted.
    fn files(&self, ending: &str) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut folders = vec![self.0.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.to_string_lossy().ends_with(ending) {
                    files.push(path);
                }
            }
        }
        files.sort();
        files
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What a cache gives for a document, and whether it had to be extracted.
fn ask(cache: &Cache, document: &Document) -> (Contribution, bool) {
    let anew = Cell::new(false);
    let contribution = cache.contribution(document, "rules", None, || {
        anew.set(true);
        extracted(document)
    });
    (contribution, anew.get())
}

#[track_caller]
fn check(folder: &Path, document: &Document, anew: bool, account: &str) {
    let cache = Cache::new(folder);
    let (contribution, was) = ask(&cache, document);
    // `Debug` tells apart what compares equal: 4.20 and 4.2, for one.
    assert!(format!("{contribution:?}") == format!("{:?}", extracted(document)), "another contribution");
    let said = cache.account().unwrap();
    assert_eq!(was, anew, "{said}");
    assert!(said.contains(account), "`{account}` is not in: {said}");
}

#[test]
fn what_is_read_is_what_was_extracted() {
    let folder = Folder::new("same");
    let document = document("a.md");
    let contribution = extracted(&document);
    assert!(contribution.claims.len() > 10 && !contribution.known.is_empty() && !contribution.shingles.is_empty());
    check(&folder.0, &document, true, "0 of 1 documents read");
    check(&folder.0, &document, false, "1 of 1 documents read");
    assert_eq!(folder.files(".belie").len(), 1);
    assert!(folder.0.join("CACHEDIR.TAG").is_file());
}

#[test]
fn entries_that_are_cut_off_or_altered_are_passed_over_and_replaced() {
    let folder = Folder::new("damaged");
    let document = document("a.md");
    let key = Key::new(PROGRAM, &document, "rules", None);
    let whole = entry::seal(&key, &extracted(&document)).unwrap();
    assert!(entry::open(&key, &whole).is_some());
    for length in 0..whole.len() {
        assert!(entry::open(&key, &whole[..length]).is_none(), "cut off after {length} bytes");
    }
    for at in 0..whole.len() {
        let mut altered = whole.clone();
        altered[at] ^= 1 << (at % 8);
        assert!(entry::open(&key, &altered).is_none(), "byte {at} altered");
    }
    assert!(entry::open(&key, &[&*whole, b"x"].concat()).is_none(), "a byte too many");
    let path = folder::place(&folder.0, &key);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    for bytes in [&whole[..whole.len() / 2], b"", b"{}", &[0xff; 4096]] {
        fs::write(&path, bytes).unwrap();
        check(&folder.0, &document, true, "1 damaged there and extracted again");
        check(&folder.0, &document, false, "1 of 1");
    }
}

/// Bytes under a right checksum that are no contribution: lengths beyond the bytes at hand, above all.
#[test]
fn a_payload_that_is_none_is_no_entry() {
    use sha2::{Digest, Sha256};
    let key = Key::new(PROGRAM, &document("a.md"), "rules", None);
    let sealed = entry::seal(&key, &extracted(&document("a.md"))).unwrap();
    let head = sealed.windows(32).position(|w| w == key.0).unwrap() + 32;
    for payload in [&[0xff_u8; 64][..], b"", &[0x80, 0x80, 0x80, 0x80, 0x08], &sealed[head + 32..sealed.len() - 1]] {
        let sum: [u8; 32] = Sha256::digest(payload).into();
        assert!(entry::open(&key, &[&sealed[..head], &sum, payload].concat()).is_none());
    }
}

#[test]
fn an_entry_of_another_document_or_program_is_passed_over() {
    let folder = Folder::new("strange");
    let (one, other) = (document("a.md"), Document::from_text("b.md", &TEXT.repeat(3)));
    let place = |program, document| folder::place(&folder.0, &Key::new(program, document, "rules", None));
    check(&folder.0, &one, true, "0 of 1");
    check(&folder.0, &other, true, "0 of 1");
    // Exchanged.
    fs::rename(place(PROGRAM, &one), folder.0.join("aside")).unwrap();
    fs::rename(place(PROGRAM, &other), place(PROGRAM, &one)).unwrap();
    fs::rename(folder.0.join("aside"), place(PROGRAM, &other)).unwrap();
    check(&folder.0, &one, true, "1 damaged");
    check(&folder.0, &other, true, "1 damaged");
    // Another program has its own entries, and finds none of ours.
    let older = Cache::with(&folder.0, "0.0.9+0", 1 << 20);
    assert!(
        older
            .contribution(&one, "rules", None, || Contribution { claims: Vec::new(), ..extracted(&one) })
            .claims
            .is_empty()
    );
    check(&folder.0, &one, false, "1 of 1");
    // Its entry in the place of ours.
    fs::copy(place("0.0.9+0", &one), place(PROGRAM, &one)).unwrap();
    check(&folder.0, &one, true, "1 damaged");
}

#[test]
fn the_key_holds_everything_that_extraction_depends_on() {
    let date = |text: &str| text.parse().ok();
    let base = document("a.md");
    let key = |d: &Document| Key::new("p", d, "r", None);
    let mut keys = vec![
        key(&base),
        Key::new("q", &base, "r", None),
        Key::new("p", &base, "s", None),
        Key::new("p", &base, "r", date("2031-01-01")),
        key(&document("b.md")),
        key(&document("a.txt")),
        key(&Document::from_text("a.md", TEXT)),
        key(&Document { published: date("2031-03-13"), ..base.clone() }),
        key(&Document { published: None, ..base.clone() }),
        key(&Document { publisher: Some("The Post".to_owned()), ..base.clone() }),
        // Parts do not run together.
        Key::new("p\", \"r", &base, "", None),
        Key::new("p", &base, "\", \"r", None),
    ];
    let all = keys.len();
    keys.sort_by_key(|k| k.0);
    keys.dedup();
    assert_eq!(keys.len(), all);
    // Where the file lies is no part of what it says.
    assert_eq!(key(&base), key(&Document { path: "elsewhere/a.md".to_owned(), ..base.clone() }));
}

#[test]
fn what_is_seen_once_or_soon_extracted_is_not_kept() {
    let folder = Folder::new("small");
    check(&folder.0, &Document::from_text("a.md", "It cost $4 million."), true, "1 not worth keeping");
    check(&folder.0, &Document { path: "-".to_owned(), ..document("-") }, true, "1 not worth keeping");
    assert!(folder.files("").is_empty());
    assert_eq!(Cache::new(&folder.0).account(), None);
}

#[test]
fn a_folder_that_cannot_be_used_is_none() {
    let folder = Folder::new("unusable");
    // A file where the folder should be.
    fs::write(folder.0.join("file"), "x").unwrap();
    check(&folder.0.join("file"), &document("a.md"), true, "cannot be written to");
    assert_eq!(fs::read(folder.0.join("file")).unwrap(), b"x");
    // A folder where the entry should be: it is neither read nor replaced, and nothing unfinished stays.
    let place = folder::place(&folder.0, &Key::new(PROGRAM, &document("a.md"), "rules", None));
    fs::create_dir_all(place.join("in the way")).unwrap();
    check(&folder.0, &document("a.md"), true, "cannot be written to");
    assert!(folder.files(".tmp").is_empty());
    // What stopped runs left behind is in nobody's way.
    fs::remove_dir_all(&place).unwrap();
    fs::write(place.with_extension(format!("{}-0.tmp", std::process::id())), "half").unwrap();
    check(&folder.0, &document("a.md"), true, "1 written");
    check(&folder.0, &document("a.md"), false, "1 of 1");
}

#[test]
fn the_oldest_go_when_there_is_no_room() {
    let folder = Folder::new("bounded");
    let documents: Vec<Document> = (0..80).map(|i| document(&format!("{i}.md"))).collect();
    let size = entry::seal(&Key::new("p", &documents[0], "rules", None), &extracted(&documents[0])).unwrap().len();
    let share = 2 * size as u64 + 200;
    let shard = |path: &Path| path.parent().unwrap().to_path_buf();
    fs::create_dir_all(folder.0.join("0")).unwrap();
    fs::write(folder.0.join("0/notes.txt"), vec![b'x'; 4 * size]).unwrap();
    for (age, document) in (0..).zip(&documents) {
        let cache = Cache::with(&folder.0, PROGRAM, share);
        ask(&cache, document);
        cache.trim();
        // Whatever had to go, it was not what has just been written.
        let place = folder::place(&folder.0, &Key::new(PROGRAM, document, "rules", None));
        let written = fs::File::options().append(true).open(place).unwrap();
        // Times of files may be coarse.
        written.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(age)).unwrap();
    }
    let files = folder.files(".belie");
    assert!(files.len() < documents.len() && files.len() > 16, "{} entries", files.len());
    for file in &files {
        let beside = files.iter().filter(|f| shard(f) == shard(file));
        assert!(beside.map(|f| fs::metadata(f).unwrap().len()).sum::<u64>() <= share);
    }
    assert!(folder.0.join("0/notes.txt").is_file(), "not ours to delete");
    // An entry that would fill a share alone is not written.
    let cache = Cache::with(folder.0.join("narrow"), PROGRAM, size as u64 / 2);
    ask(&cache, &documents[0]);
    assert!(cache.account().unwrap().contains("1 not worth keeping"));
}

#[test]
fn runs_at_the_same_time_see_whole_entries_or_none() {
    let folder = Folder::new("together");
    let documents: Vec<Document> = (0..4).map(|i| document(&format!("{i}.md"))).collect();
    let expected: Vec<Contribution> = documents.iter().map(extracted).collect();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..4 {
                    let cache = Cache::new(&folder.0);
                    for (document, expected) in documents.iter().zip(&expected) {
                        assert_eq!(&ask(&cache, document).0, expected);
                    }
                    let said = cache.account().unwrap();
                    assert!(!said.contains("damaged"), "{said}");
                }
            });
        }
    });
    assert_eq!((folder.files(".belie").len(), folder.files(".tmp").len()), (4, 0));
}
