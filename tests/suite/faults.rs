//! What a run does when the world gives way under it: files that change, fail or may not be written, and its own end.
//!
//! A full disk is in `trust.rs`, what becomes of the cache in `cache.rs`.

use std::fs;
use std::thread::sleep;

use crate::program::{Folder, command, run};

const NOTICE: &str = "The Alder Bridge opened on 12 May 2021. It cost $38 million.\n";
const LETTER: &str = "The Alder Bridge opened on 14 May 2021. It cost $83 million.\n";

fn bridges(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.file("s/notice.txt", NOTICE);
    folder.file("s/letter.txt", LETTER);
    folder
}

/// What lies in a folder, hidden files too.
fn names(folder: &Folder) -> Vec<String> {
    let entries = fs::read_dir(&folder.0).unwrap();
    let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// A file that can be opened and gives an error when it is read.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_fails_while_it_is_read() {
    let folder = bridges("unreadable");
    run(&folder, &["check", "s", "/proc/self/mem"])
        .expect(2, &["error: /proc/self/mem: cannot be read: ", "(os error 5)", "date-conflict"]);
}

/// The report of a run is that of some state of its files, and none of them stops it.
#[test]
fn a_file_that_changes_under_the_run() {
    let folder = bridges("changing");
    let path = folder.file("s/notice.txt", NOTICE);
    let long = NOTICE.repeat(2000);
    std::thread::scope(|scope| {
        let (stop, stopped) = std::sync::mpsc::channel::<()>();
        scope.spawn(move || {
            while stopped.try_recv() == Err(std::sync::mpsc::TryRecvError::Empty) {
                for text in ["", NOTICE, &long] {
                    let _ = fs::write(&path, text);
                }
                let _ = fs::remove_file(&path);
            }
        });
        for _ in 0..6 {
            let ended = run(&folder, &["check", "s", "--no-cache"]);
            assert!(!ended.all().contains("panicked"), "{}", ended.all());
            assert!(matches!(ended.code, Some(0..=2)), "{:?}", ended.code);
        }
        drop(stop);
    });
}

#[test]
fn a_folder_that_cannot_be_written() {
    let folder = bridges("read-only");
    // A file in the place of a folder: nobody may write below it, whoever runs this.
    folder.file("file", "no folder");
    run(&folder, &["check", "s", "--format", "json=file/out.json"])
        .expect(2, &["`json=file/out.json` cannot be written"]);
    run(&folder, &["snapshot", "s", "--snapshot", "file/snapshot.json"]).expect(2, &["file/snapshot.json"]);
    assert_eq!(fs::read_to_string(folder.0.join("file")).unwrap(), "no folder");
}

/// Stops runs at all moments of theirs by a signal, and holds what they leave against what a whole run writes.
#[cfg(unix)]
fn stopped(name: &str, signal: rustix::process::Signal) -> Folder {
    use rustix::process::{Pid, kill_process};
    let folder = bridges(name);
    let arguments = ["check", "s", "--no-cache", "--format", "json=out.json", "--format", "html=out.html"];
    let begun = std::time::Instant::now();
    run(&folder, &arguments).expect(1, &[]);
    let whole = begun.elapsed();
    let texts = || ["out.json", "out.html"].map(|f| fs::read_to_string(folder.0.join(f)).unwrap());
    let finished = texts();
    let mut interrupted = 0;
    for n in 1..=16 {
        let mut child = command(&folder, &arguments).stdout(std::process::Stdio::null()).spawn().unwrap();
        sleep(whole * n / 16);
        let _ = kill_process(Pid::from_child(&child), signal);
        interrupted += i32::from(child.wait().unwrap().code() != Some(1));
        assert_eq!(texts(), finished, "{n}");
    }
    assert!(interrupted > 0, "no run was stopped");
    folder
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_nothing_half_written() {
    let folder = stopped("interrupted", rustix::process::Signal::INT);
    assert_eq!(names(&folder), ["out.html", "out.json", "s"]);
}

#[cfg(unix)]
#[test]
fn a_killed_run_leaves_the_old_report_or_the_new_one() {
    let folder = stopped("killed", rustix::process::Signal::KILL);
    run(&folder, &["check", "s", "--format", "json=out.json"]).expect(1, &[]);
}
