//! Where the cache lives.

use std::ffi::OsString;
use std::path::PathBuf;

/// `extractions` below `BELIE_CACHE_DIR`, which may hold other things; else below `belie` in the folder that the system
/// keeps for caches; `None` where there is no telling. An empty variable counts as none. A relative path is taken from the
/// current folder in `BELIE_CACHE_DIR` and passed over in the others, as the XDG base directory specification has it.
pub(super) fn cache(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let named = |name| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let absolute = |name| named(name).filter(|path| path.is_absolute());
    let ours = named("BELIE_CACHE_DIR").or_else(|| {
        let all = absolute("XDG_CACHE_HOME").or_else(|| match std::env::consts::OS {
            "windows" => absolute("LOCALAPPDATA"),
            "macos" => absolute("HOME").map(|home| home.join("Library").join("Caches")),
            _ => absolute("HOME").map(|home| home.join(".cache")),
        });
        all.map(|folder| folder.join("belie"))
    });
    ours.map(|folder| folder.join("extractions"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(variables: &[(&str, &str)], expected: Option<&str>) {
        let found = cache(|name| variables.iter().find(|(n, _)| *n == name).map(|(_, value)| OsString::from(value)));
        assert_eq!(found, expected.map(PathBuf::from));
    }

    #[test]
    #[cfg(all(unix, not(target_os = "macos")))]
    fn variables_in_their_order() {
        let home = ("HOME", "/home/ada");
        check(&[home, ("XDG_CACHE_HOME", "/x"), ("BELIE_CACHE_DIR", "here")], Some("here/extractions"));
        check(&[home, ("XDG_CACHE_HOME", "/x"), ("BELIE_CACHE_DIR", "")], Some("/x/belie/extractions"));
        check(&[home, ("XDG_CACHE_HOME", "not/absolute")], Some("/home/ada/.cache/belie/extractions"));
        check(&[home], Some("/home/ada/.cache/belie/extractions"));
        check(&[("HOME", "")], None);
        check(&[], None);
    }
}
