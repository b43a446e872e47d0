use super::secret::{by_name, masked, names_secret};

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
