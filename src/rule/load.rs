//! Loads all rules: those of the binary and those of folders.
//!
//! Comes in: the embedded files and the `--rules` folders. Goes out: checked rules in a fixed order with a hash of
//! everything they were made of, or all faults of all files. Nothing is half loaded: one fault and there are no rules.

mod folder;
mod read;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use data_encoding::HEXLOWER;
use foldhash::HashMap;

use super::called::Called;
use super::compile::{self, CheckRule, Checker, ExtractRule, Head, KindRule, Lexicon, RelateRule};
use super::fault::{Fault, suggestion};
use super::lookup::{Lookup, Row as LookupRow};
use super::measure::{MeasureFile, Measures};
use super::opposed::Opposed;
use super::own::OwnAttribute;
use super::packed::digest;
use super::place::RuleFile;
use super::schema::{CheckWire, ExtractWire, KindWire, LexiconWire, RelateWire};
use super::vocabulary::{LexiconSchema, Vocabulary};
use read::Values;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// A rule file of the binary.
struct Embedded {
    /// Its path below `rules/`.
    below: &'static str,
    text: &'static str,
    /// What TOML makes of the text, as `packed.rs` writes it.
    packed: &'static [u8],
}

/// All rules of a run.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Lexicons of the schemas `terms`, `names` and `scale`, by id, rows of later folders merged in.
    pub lexicons: BTreeMap<String, Lexicon>,
    /// Lexicon files that the recogniser reads itself (`units`, `currencies`, …), embedded ones first.
    pub measure_files: Vec<MeasureFile>,
    /// What those files compile to.
    pub measures: Measures,
    /// What readers call the attributes.
    pub called: Arc<Called>,
    /// By id.
    pub extract: Vec<ExtractRule>,
    /// Where each of them stands.
    extract_at: HashMap<String, usize>,
    /// What is said of claims that code finds; by id.
    pub kinds: Vec<KindRule>,
    /// By order, then by id: the first that applies decides.
    pub relate: Vec<RelateRule>,
    /// By id.
    pub check: Vec<CheckRule>,
    /// SHA-256 over the paths below the folders and the texts of all files: in hexadecimal. The same on every machine.
    pub hash: String,
    /// What later folders put in the place of earlier rows and rules, in the order of loading.
    pub overridden: Vec<Overridden>,
}

/// A row or a rule that a later file has replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overridden {
    /// The lexicon or the rule.
    pub id: String,
    /// The key of the row, for a lexicon.
    pub key: Option<String>,
    /// The file that no longer counts.
    pub old: String,
    /// The file that does.
    pub new: String,
}

impl Rules {
    /// The extract rule of an id; `None` for claims that code finds.
    pub fn extract_rule(&self, id: &str) -> Option<&ExtractRule> {
        self.extract.get(*self.extract_at.get(id)?)
    }

    /// The ids of all rules and lexicons.
    pub fn ids(&self) -> BTreeSet<&str> {
        let lexicons = self.lexicons.keys().map(String::as_str).chain(self.measure_files.iter().map(MeasureFile::id));
        let heads = self.extract.iter().map(|r| &r.head).chain(self.kinds.iter().map(|r| &r.head));
        let heads = heads.chain(self.relate.iter().map(|r| &r.head)).chain(self.check.iter().map(|r| &r.head));
        lexicons.chain(heads.map(|head| head.id.as_str())).collect()
    }

    /// The rules of the binary.
    ///
    /// # Errors
    /// All faults of all files. A test keeps it from happening in a release.
    pub fn embedded() -> Result<Rules, Vec<Fault>> {
        Rules::load(&[])
    }

    /// The words and terms of all lexicons, interned. Frames add theirs when they are compiled for matching.
    pub fn lookup(&self) -> Lookup {
        let rows = self.lexicons.values().flat_map(|lexicon| {
            lexicon.rows.values().map(|row| LookupRow {
                lexicon: &lexicon.head.id,
                key: &row.key,
                forms: &row.forms,
                class: row.class.as_deref().unwrap_or_default(),
                rank: row.rank,
                bundles: row.bundles,
                exact: !lexicon.inflect,
            })
        });
        Lookup::new(rows).with_opposed(self.opposed())
    }

    /// The lexicons of words that rule each other out.
    fn opposed(&self) -> Opposed {
        let rows = |id: &str| self.lexicons.get(id).into_iter().flat_map(|l| l.rows.values());
        let verbs = self.lexicons.get("irregular");
        let irregular =
            |word: &str| verbs.and_then(|l| l.rows.get(word)).map_or_else(Vec::new, |r| r.forms[1..].to_vec());
        let mut opposed = Opposed::default();
        rows("antonyms").for_each(|row| opposed.add_pair(&row.key, &row.forms, &irregular));
        rows("exclusive").for_each(|row| opposed.add_set(&row.key, &row.forms, &irregular));
        opposed
    }

    /// The tables of the recognisers.
    pub fn measures(&self) -> &Measures {
        &self.measures
    }

    /// The rules of the binary and of folders, in this order. A folder is laid out as `rules/` is: `extract/`,
    /// `relate/`, `check/`, `lexicon/`. Lexicons merge by row key, the later wins; a rule takes the place of an earlier
    /// one only with `replaces = true`. A folder that is named twice is read once.
    ///
    /// # Errors
    /// All faults of all files and folders, sorted by path and place.
    pub fn load(folders: &[PathBuf]) -> Result<Rules, Vec<Fault>> {
        Rules::load_with(folders, &[])
    }

    /// The rules of texts and no others, each with its path below a folder of rules: `extract/valuation.toml`. What they
    /// refer to has to be among them.
    ///
    /// # Errors
    /// Like [`Rules::load`].
    pub fn of_texts(texts: &[(&str, &str)]) -> Result<Rules, Vec<Fault>> {
        build(&[], texts.iter().map(|(below, text)| in_memory(below, text)).collect(), &[], Vec::new())
    }

    /// [`Rules::load`], with the attributes that a configuration adds.
    ///
    /// # Errors
    /// Like there; and of the attributes a name that a rule has, or an unknown dimension.
    pub fn load_with(folders: &[PathBuf], own: &[OwnAttribute]) -> Result<Rules, Vec<Fault>> {
        let (mut files, mut faults) = (Vec::new(), Vec::new());
        // A folder that the configuration and the command line both name is one folder.
        let place = |path: &PathBuf| std::fs::canonicalize(path).unwrap_or_else(|_| path.clone());
        let places: Vec<PathBuf> = folders.iter().map(place).collect();
        for (at, path) in folders.iter().enumerate().filter(|(at, _)| !places[..*at].contains(&places[*at])) {
            files.extend(folder::files(path, at + 1, &mut faults));
        }
        build(EMBEDDED, files, own, faults)
    }
}

fn in_memory(below: &str, text: &str) -> RuleFile {
    RuleFile { path: format!("rules/{below}"), below: below.to_owned(), text: Arc::from(text), layer: 0 }
}

/// A file read as what its folder says, and the keys that could not be read.
struct Opened<T> {
    file: Arc<RuleFile>,
    wire: T,
    gone: Vec<String>,
}

#[derive(Default)]
struct Shelf {
    lexicon: Vec<Opened<LexiconWire>>,
    extract: Vec<Opened<ExtractWire>>,
    kinds: Vec<Opened<KindWire>>,
    relate: Vec<Opened<RelateWire>>,
    check: Vec<Opened<CheckWire>>,
    measure_files: Vec<MeasureFile>,
    faults: Vec<Fault>,
}

impl Shelf {
    /// Reads one file into the shelf of its folder: what it was packed as, or its text.
    fn open(&mut self, file: RuleFile, packed: &'static [u8]) {
        let values = match Values::new(&file, packed) {
            Ok(values) => values,
            Err(mut faults) => {
                self.faults.append(&mut faults);
                return;
            }
        };
        let folder = file.below.split_once('/').map_or("", |(folder, _)| folder);
        match folder {
            "lexicon" => {
                let schema = values.word("schema").and_then(LexiconSchema::read);
                if schema.is_some_and(LexiconSchema::is_measure) {
                    self.measure_files.push(MeasureFile { path: file.path, text: file.text, packed });
                    return;
                }
                keep(&mut self.lexicon, &mut self.faults, values.read(&file), &file);
            }
            "extract" if values.has("code") => keep(&mut self.kinds, &mut self.faults, values.read(&file), &file),
            "extract" => keep(&mut self.extract, &mut self.faults, values.read(&file), &file),
            "relate" => keep(&mut self.relate, &mut self.faults, values.read(&file), &file),
            "check" => keep(&mut self.check, &mut self.faults, values.read(&file), &file),
            _ => {
                let fault = Fault::of_path(&file.path, "rule file stands in no folder of rules");
                let help = "rule files stand in `extract/`, `relate/`, `check/` or `lexicon/`";
                self.faults.push(fault.with_help(help));
            }
        }
    }
}

fn keep<T>(shelf: &mut Vec<Opened<T>>, faults: &mut Vec<Fault>, reading: read::Deserialized<T>, file: &RuleFile) {
    faults.extend(reading.faults);
    if let Some(wire) = reading.wire {
        shelf.push(Opened { file: Arc::new(file.clone()), wire, gone: reading.gone });
    }
}

/// Checks and joins the files of all layers, those of the binary first; `faults` are those of reading folders.
fn build(
    embedded: &[Embedded],
    mut files: Vec<RuleFile>,
    own: &[OwnAttribute],
    faults: Vec<Fault>,
) -> Result<Rules, Vec<Fault>> {
    files.sort_by(|a, b| (a.layer, &a.below).cmp(&(b.layer, &b.below)));
    let alone = !embedded.is_empty() && files.is_empty() && own.is_empty();
    let packed = embedded.iter().map(|e| (in_memory(e.below, e.text), e.packed));
    let files: Vec<(RuleFile, &[u8])> = packed.chain(files.into_iter().map(|file| (file, &[][..]))).collect();
    let hash = HEXLOWER.encode(&if alone { EMBEDDED_DIGEST } else { hash(&files, own) });
    // Ids of files that are at fault count as known: what names them is not at fault.
    let extract_files = files.iter().filter(|(file, _)| file.below.starts_with("extract/"));
    let extract_ids: BTreeSet<String> = extract_files.map(|(file, _)| file.stem().to_owned()).collect();
    let mut shelf = Shelf { faults, ..Shelf::default() };
    for (file, packed) in files {
        shelf.open(file, packed);
    }
    let Shelf { lexicon, extract, kinds, relate, check, measure_files, mut faults } = shelf;
    let mut overridden = Vec::new();
    let lexicons = merge(compile_all(lexicon, &mut faults, compile::lexicon), &mut overridden, &mut faults);
    let mut ids = Ids { by_id: BTreeMap::new(), overridden, faults: Vec::new() };
    ids.enter("extract", extract.iter().map(|o| (&o.file, o.wire.replaces, o.wire.id.as_ref())));
    ids.enter("extract", kinds.iter().map(|o| (&o.file, o.wire.replaces, o.wire.id.as_ref())));
    ids.enter("relate", relate.iter().map(|o| (&o.file, o.wire.replaces, o.wire.id.as_ref())));
    ids.enter("check", check.iter().map(|o| (&o.file, o.wire.replaces, o.wire.id.as_ref())));
    let measures = match Measures::new(&measure_files) {
        Ok(measures) => Some(measures),
        Err(messages) => {
            faults.extend(messages.iter().map(|m| {
                let (path, message) = m.split_once(": ").unwrap_or(("rules/lexicon", m));
                Fault::of_path(path, message)
            }));
            None
        }
    };
    let dimensions = measures.as_ref().map(Measures::dimensions);
    let compiled = |wire, checker: &mut Checker<'_>| compile::extract(wire, &lexicons, dimensions.as_ref(), checker);
    let mut extract = compile_all(extract, &mut faults, compiled);
    let mut kinds = compile_all(kinds, &mut faults, compile::kind);
    let mut relate = compile_all(relate, &mut faults, compile::relate);
    let compiled = |wire, checker: &mut Checker<'_>| compile::check(wire, &lexicons, &extract_ids, checker);
    let mut check = compile_all(check, &mut faults, compiled);
    faults.append(&mut ids.faults);
    let taken = ids.by_id.iter().map(|(id, (_, file))| (id.clone(), file.path.clone())).collect();
    let mut added = Vec::new();
    for attribute in own.iter().filter(|_| dimensions.is_some()) {
        match attribute.compile(&taken, dimensions.as_ref().unwrap_or(&BTreeSet::new())) {
            Ok(rule) => added.push(rule),
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        faults.sort_by(|a, b| (&a.path, a.span, &a.message).cmp(&(&b.path, b.span, &b.message)));
        faults.dedup();
        return Err(faults);
    }
    let Some(measures) = measures else { return Err(faults) };
    extract.retain(|rule| ids.is_current(&rule.head));
    kinds.retain(|rule| ids.is_current(&rule.head));
    relate.retain(|rule| ids.is_current(&rule.head));
    check.retain(|rule| ids.is_current(&rule.head));
    extract.append(&mut added);
    extract.sort_by(|a, b| a.head.id.cmp(&b.head.id));
    kinds.sort_by(|a, b| a.head.id.cmp(&b.head.id));
    relate.sort_by(|a, b| (a.order, &a.head.id).cmp(&(b.order, &b.head.id)));
    check.sort_by(|a, b| a.head.id.cmp(&b.head.id));
    let called = Arc::new(Called::new(&extract, &lexicons));
    let overridden = ids.overridden;
    let extract_at = extract.iter().enumerate().map(|(at, rule)| (rule.head.id.clone(), at)).collect();
    Ok(Rules { lexicons, measure_files, measures, called, extract, extract_at, kinds, relate, check, hash, overridden })
}

fn compile_all<W, R>(
    shelf: Vec<Opened<W>>,
    faults: &mut Vec<Fault>,
    compile: impl Fn(W, &mut Checker<'_>) -> Option<R>,
) -> Vec<R> {
    let mut out = Vec::with_capacity(shelf.len());
    for Opened { file, wire, gone } in shelf {
        let mut checker = Checker::new(&file, &gone);
        out.extend(compile(wire, &mut checker));
        faults.extend(checker.into_found());
    }
    out
}

/// Joins lexicons of one id, row by row.
fn merge(all: Vec<Lexicon>, overridden: &mut Vec<Overridden>, faults: &mut Vec<Fault>) -> BTreeMap<String, Lexicon> {
    let mut out: BTreeMap<String, Lexicon> = BTreeMap::new();
    let mut owners: BTreeMap<(String, String), String> = BTreeMap::new();
    for mut lexicon in all {
        let (id, path) = (lexicon.head.id.clone(), lexicon.head.file.path.clone());
        for key in lexicon.rows.keys() {
            if let Some(old) = owners.insert((id.clone(), key.clone()), path.clone()) {
                overridden.push(Overridden { id: id.clone(), key: Some(key.clone()), old, new: path.clone() });
            }
        }
        match out.get_mut(&id) {
            None => {
                out.insert(id, lexicon);
            }
            Some(first) if first.head.file.layer == lexicon.head.file.layer => {
                let message = format!("duplicate id `{id}`: {} has it too", first.head.file.path);
                faults.push(Fault::at(&lexicon.head.file, lexicon.head.place.clone(), message));
            }
            Some(first) if first.schema != lexicon.schema => {
                let (old, new) = (first.schema.name(), lexicon.schema.name());
                let message = format!("lexicon `{id}` is of schema `{old}` in {}, not `{new}`", first.head.file.path);
                faults.push(Fault::at(&lexicon.head.file, lexicon.head.place.clone(), message));
            }
            Some(first) => {
                first.rows.append(&mut lexicon.rows);
                first.examples.append(&mut lexicon.examples);
            }
        }
    }
    out
}

/// Which file each rule id belongs to. Ids are one space over extract, relate and check rules, since `--select` and
/// `explain` name a rule by its id alone.
struct Ids {
    by_id: BTreeMap<String, (&'static str, Arc<RuleFile>)>,
    overridden: Vec<Overridden>,
    faults: Vec<Fault>,
}

impl Ids {
    fn enter<'a>(
        &mut self,
        kind: &'static str,
        files: impl Iterator<Item = (&'a Arc<RuleFile>, bool, Option<&'a super::schema::PlacedWord>)>,
    ) {
        for (file, replaces, id) in files {
            let Some(id) = id else { continue };
            let fault = |message: String| Fault::at(file, id.span.clone(), message);
            match self.by_id.get(&id.value) {
                Some((_, old)) if !replaces || old.layer == file.layer => {
                    let message = format!("duplicate id `{}`: {} has it too", id.value, old.path);
                    let help = "take another id, or add `replaces = true` in a folder of rules of your own";
                    self.faults.push(fault(message).with_help(help));
                    continue;
                }
                Some((old, _)) if *old != kind => {
                    let message =
                        format!("rule `{}` is in `{old}/` and cannot be replaced by one in `{kind}/`", id.value);
                    self.faults.push(fault(message));
                    continue;
                }
                Some((_, old)) => self.overridden.push(Overridden {
                    id: id.value.clone(),
                    key: None,
                    old: old.path.clone(),
                    new: file.path.clone(),
                }),
                None if replaces => {
                    let known = self.by_id.keys().map(String::as_str);
                    let help = suggestion(&id.value, known);
                    self.faults.push(fault(format!("no rule `{}` to replace", id.value)).with_help(help));
                }
                None => {}
            }
            self.by_id.insert(id.value.clone(), (kind, Arc::clone(file)));
        }
    }

    fn is_current(&self, head: &Head) -> bool {
        self.by_id.get(&head.id).is_some_and(|(_, file)| Arc::ptr_eq(file, &head.file))
    }
}

/// Over layers, paths below the folders and texts, and attributes of a project's own.
fn hash(files: &[(RuleFile, &[u8])], own: &[OwnAttribute]) -> [u8; 32] {
    let texts = files.iter().flat_map(|(file, _)| {
        [file.layer.to_string().into(), Cow::Borrowed(file.below.as_str()), Cow::Borrowed(&*file.text)]
    });
    digest(texts.chain(own.iter().map(|attribute| attribute.hashed().into())))
}
