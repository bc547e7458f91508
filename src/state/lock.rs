//! One writer at a time: whoever reads a file of state, changes it and writes it back holds a lock meanwhile.
//!
//! What is locked is a hidden file beside it, since the file itself is replaced by every writing. The lock is the operating
//! system's: it ends with the process, however that ends. The hidden file goes away with the lock; one that a killed process
//! has left behind holds up nobody, and the next to write takes it away.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use same_file::Handle;

/// The right to change a file of state, until it is dropped.
#[derive(Debug)]
pub struct Lock {
    beside: PathBuf,
    /// Dropped last: the file is gone before another can have the lock.
    _held: File,
}

impl Lock {
    /// Waits until nobody else holds the lock on `path`, and takes it. The folder is made where there is none. On a disk
    /// that knows no locks there is none to wait for.
    ///
    /// # Errors
    /// When the file beside it cannot be written.
    pub fn take(path: &Path) -> io::Result<Lock> {
        let beside = beside(path)?;
        loop {
            let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&beside)?;
            match file.lock() {
                Err(error) if error.kind() != ErrorKind::Unsupported => return Err(error),
                _ => {}
            }
            // Whoever held it before has taken the file away, and another may have the lock on a new one.
            let held = Handle::from_file(file.try_clone()?)?;
            if Handle::from_path(&beside).is_ok_and(|there| there == held) {
                return Ok(Lock { beside, _held: file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // One that stays is taken by whoever comes next.
        let _ = fs::remove_file(&self.beside);
    }
}

/// The file that is locked: one, by whatever links the way leads.
fn beside(path: &Path) -> io::Result<PathBuf> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".lock");
    Ok(folder.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("deep/count.toml");
        std::thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| {
                    for _ in 0..8 {
                        let _lock = Lock::take(&path).unwrap();
                        let count: u32 = fs::read_to_string(&path).map_or(0, |text| text.parse().unwrap());
                        std::thread::yield_now();
                        fs::write(&path, (count + 1).to_string()).unwrap();
                    }
                });
            }
        });
        assert_eq!(fs::read_to_string(&path).unwrap(), "128");
        // Nothing is left beside it.
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn what_a_killed_process_leaves_holds_up_nobody() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("count.toml");
        fs::write(root.path().join(".count.toml.lock"), "").unwrap();
        drop(Lock::take(&path).unwrap());
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
    }
}
