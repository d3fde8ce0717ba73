//! Which part of the house may know of which: `discord`, `desk`, `workers`, `store` -> `app` -> `domain` <- `minutes`.

use super::Finding;
use super::source::{File, Kind, Token};

/// What the files of some places may not use. To add one, add a line to [`WALLS`].
struct Wall {
    inside: &'static [&'static str],
    except_inside: &'static [&'static str],
    may_not_use: &'static [&'static str],
    except: &'static [&'static str],
    instead: &'static str,
}

const WALLS: &[Wall] = &[
    Wall {
        inside: &["src/domain", "src/minutes", "src/audit", "src/room"],
        except_inside: &[],
        may_not_use: &[
            "crate::app",
            "crate::store",
            "crate::workers",
            "crate::discord",
            "crate::desk",
            "crate::rehearsal",
            "serenity",
            "sqlx",
            "tokio",
            "reqwest",
            "axum",
        ],
        except: &[],
        instead: "this part is pure: take what it needs as an argument and return what should happen",
    },
    Wall {
        inside: &["src/domain"],
        except_inside: &[],
        may_not_use: &["crate::minutes", "crate::audit", "crate::room"],
        except: &[],
        instead: "minutes and room read the core, not the other way: move the shared type into src/domain",
    },
    Wall {
        inside: &["src/app"],
        except_inside: &[],
        may_not_use: &["crate::store", "crate::discord", "crate::desk", "crate::rehearsal", "crate::workers"],
        except: &[],
        instead: "call it through a port of src/app/ports.rs (Store, Courier, Clock)",
    },
    Wall {
        inside: &["src/store", "src/workers"],
        except_inside: &[],
        may_not_use: &["crate::discord", "crate::desk", "crate::rehearsal"],
        except: &[],
        instead: "the type both need belongs in src/app",
    },
    Wall {
        inside: &["src/rehearsal/workspace"],
        except_inside: &[],
        may_not_use: &["crate", "convenor"],
        except: &["crate::rehearsal::workspace"],
        instead: "the workspace stands for the platform and knows nothing of us: speak to it over HTTP and the gateway",
    },
    Wall {
        inside: &["src/rehearsal/workspace"],
        except_inside: &[],
        may_not_use: &["serenity"],
        except: &["serenity::model"],
        instead: "only serenity's models, to check what is sent; the workspace is not written with the client it tests",
    },
    Wall {
        inside: &["src/pdf"],
        except_inside: &[],
        may_not_use: &["crate"],
        except: &["crate::pdf"],
        instead: "a PDF is made of a record as JSON and a template; whoever asks for one brings both",
    },
    Wall {
        inside: &["src"],
        except_inside: &["src/pdf"],
        may_not_use: &["typst", "typst_layout", "typst_pdf"],
        except: &[],
        instead: "typst lives in src/pdf alone: ask its Printer",
    },
    Wall {
        inside: &["src/domain", "src/minutes", "src/audit", "src/room", "src/app"],
        except_inside: &[],
        may_not_use: &["crate::pdf", "crate::mail"],
        except: &[],
        instead: "making a PDF starts a process, and mail leaves the house: app asks through a port, the others never",
    },
    Wall {
        inside: &["src"],
        except_inside: &["src/store"],
        may_not_use: &["sqlx"],
        except: &[],
        instead: "SQL lives in src/store alone: add a method to the Store port",
    },
    Wall {
        inside: &["src"],
        except_inside: &["src/mail"],
        may_not_use: &["lettre"],
        except: &[],
        instead: "mail lives in src/mail.rs alone: plan an Effect::Mail",
    },
    Wall {
        inside: &["src"],
        except_inside: &["src/discord", "src/rehearsal/workspace"],
        may_not_use: &["serenity"],
        except: &[],
        instead: "serenity lives in src/discord alone: pass our own types across",
    },
];

/// Every use of something on the far side of a wall.
pub fn wrong_ways(file: &File) -> Vec<Finding> {
    let walls: Vec<&Wall> =
        WALLS.iter().filter(|wall| file.is_in(wall.inside) && !file.is_in(wall.except_inside)).collect();
    if walls.is_empty() {
        return Vec::new();
    }
    let paths = paths(file);
    let crossings = paths.iter().flat_map(|(line, path)| {
        let crossed = walls.iter().filter(|wall| is_under(path, wall.may_not_use) && !is_under(path, wall.except));
        crossed.map(move |wall| Finding::new(file, *line, format!("uses `{path}`: {}", wall.instead)))
    });
    crossings.collect()
}

fn is_under(path: &str, roots: &[&str]) -> bool {
    roots.iter().any(|root| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with("::")))
}

/// Every path a file names, as `crate::…` where it is ours, with its line. `use a::{b, c}` is two paths.
fn paths(file: &File) -> Vec<(usize, String)> {
    let tokens = file.tokens();
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        at += 1;
        let Kind::Word(head) = &token.kind else { continue };
        let is_used = at >= 2 && tokens[at - 2].kind == Kind::Word("use".to_owned());
        if is_used || opens_a_segment(&tokens, at) {
            let mut ends = Vec::new();
            at = expand(&tokens, at, vec![head.clone()], &mut ends);
            let rooted = ends.into_iter().map(|path| from_the_root(file, token, path).join("::"));
            found.extend(rooted.map(|path| (token.line, path)));
        }
    }
    found
}

fn opens_a_segment(tokens: &[Token], at: usize) -> bool {
    tokens.get(at..at + 2).is_some_and(|two| two.iter().all(|token| token.kind == Kind::Mark(':')))
}

/// Follows a path from just behind its last segment; returns where it ends.
fn expand(tokens: &[Token], at: usize, path: Vec<String>, ends: &mut Vec<Vec<String>>) -> usize {
    if !opens_a_segment(tokens, at) {
        ends.push(path);
        return at;
    }
    let next = at + 2;
    match tokens.get(next).map(|token| &token.kind) {
        Some(Kind::Word(segment)) => expand(tokens, next + 1, with(&path, segment), ends),
        Some(Kind::Open) => expand_group(tokens, next + 1, &path, ends),
        _ => {
            ends.push(path);
            next
        }
    }
}

fn expand_group(tokens: &[Token], mut at: usize, path: &[String], ends: &mut Vec<Vec<String>>) -> usize {
    while let Some(token) = tokens.get(at) {
        at += 1;
        match &token.kind {
            Kind::Close => break,
            Kind::Word(segment) => at = expand(tokens, at, with(path, segment), ends),
            Kind::Mark('*') => ends.push(path.to_vec()),
            _ => {}
        }
    }
    at
}

fn with(path: &[String], segment: &str) -> Vec<String> {
    path.iter().cloned().chain([segment.to_owned()]).collect()
}

/// Turns `super::…` into `crate::…`.
fn from_the_root(file: &File, token: &Token, path: Vec<String>) -> Vec<String> {
    let steps = path.iter().skip_while(|segment| *segment == "self").take_while(|segment| *segment == "super").count();
    if steps == 0 {
        return path;
    }
    let mut root = [vec!["crate".to_owned()], file.modules(), token.place.modules.clone()].concat();
    root.truncate(root.len().saturating_sub(steps).max(1));
    root.extend(path.into_iter().filter(|segment| segment != "super" && segment != "self"));
    root
}
