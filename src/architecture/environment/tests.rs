use super::secret::{by_name, masked, names_secret};
use super::{NamedRead, NamedSetting, VariableSetting, join};
use crate::architecture::{Options, Scope};

#[test]
fn the_end_of_a_name_says_what_is_secret() {
    let secret = |name| by_name(name).is_some();
    assert!(secret("SECRET_KEY") && secret("DB_PASSWORD") && secret("GH_TOKEN"));
    assert!(!secret("ACCESS_TOKEN_MINUTES") && !secret("PUBLIC_KEY") && !secret("PWD"));
}

#[test]
fn what_is_secret_is_not_shown_inside_other_values() {
    assert_eq!(masked("postgresql://app:pw@db/app"), "postgresql://app:…@db/app");
    assert_eq!(masked("http://a/b"), "http://a/b");
    assert!(names_secret("${DB_PASSWORD:-hunter2}") && !names_secret("${DB_PASSWORD}"));
}

#[test]
fn the_default_of_a_declared_secret_is_not_shown_inside_other_values() {
    let login = NamedRead {
        name: "STORE_LOGIN".to_owned(),
        is_secret: true,
        ..NamedRead::default()
    };
    let setting = |name: &str, value: &str| NamedSetting {
        name: name.to_owned(),
        setting: VariableSetting {
            value: Some(value.to_owned()),
            ..VariableSetting::default()
        },
        ..NamedSetting::default()
    };
    let settings = vec![
        setting("ROOT_USER", "${STORE_LOGIN:-hunter2}"),
        setting("ROOT_ZONE", "${ZONE:-eu}"),
    ];
    let shown: Vec<_> = join(vec![login], settings)
        .into_iter()
        .flat_map(|variable| variable.settings)
        .map(|setting| setting.value)
        .collect();
    assert_eq!(shown, [None, Some("${ZONE:-eu}".to_owned())]);
}

#[test]
fn settings_that_only_a_worker_reads_are_found() {
    let folder = tempfile::tempdir().expect("a directory");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("created");
        std::fs::write(path, text).expect("written");
    };
    write("app/__init__.py", "");
    write(
        "app/main.py",
        "from fastapi import FastAPI\nfrom app import config\napp = FastAPI()\n",
    );
    write("app/config.py", "import os\n");
    let settings =
        "from pydantic_settings import BaseSettings\nclass Worker(BaseSettings):\n    queue_size: int = 3\n";
    write("app/worker/settings.py", settings);
    write("elsewhere/other.py", &settings.replace("queue", "other"));
    write("lib/limits.py", &settings.replace("queue", "limit"));
    write("app/worker/run.py", "from lib.limits import Worker\n");
    let options = Options {
        root: folder.path().to_owned(),
        app: Some("app.main:app".to_owned()),
        scope: Scope {
            deployment: true,
            ..Scope::default()
        },
        ..Options::default()
    };
    let architecture = crate::architecture::analyse(&options).expect("analysed");
    let read: Vec<String> = architecture
        .environment
        .iter()
        .flat_map(|variable| {
            let reads = variable.reads.iter();
            reads.map(|read| format!("{} {} {}", variable.name, read.reader, read.location.file))
        })
        .collect();
    assert_eq!(
        read,
        [
            "LIMIT_SIZE lib.limits:Worker.limit_size lib/limits.py",
            "QUEUE_SIZE app.worker.settings:Worker.queue_size app/worker/settings.py"
        ]
    );
}
