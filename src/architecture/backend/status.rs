//! What a status is called when nothing else is said (<https://www.rfc-editor.org/rfc/rfc9110#section-15>).

/// The phrase of a status code or range.
#[must_use]
pub fn status_phrase(code: &str) -> String {
    match code {
        "default" => "Default Response".into(),
        "1XX" => "Information".into(),
        "2XX" => "Success".into(),
        "3XX" => "Redirection".into(),
        "4XX" => "Client Error".into(),
        "5XX" => "Server Error".into(),
        _ => PHRASES
            .iter()
            .find(|(known, _)| *known == code)
            .map_or("Additional Response", |(_, phrase)| phrase)
            .into(),
    }
}

/// Reason phrases as `http.client.responses` has them.
const PHRASES: &[(&str, &str)] = &[
    ("200", "OK"),
    ("201", "Created"),
    ("202", "Accepted"),
    ("203", "Non-Authoritative Information"),
    ("204", "No Content"),
    ("205", "Reset Content"),
    ("206", "Partial Content"),
    ("207", "Multi-Status"),
    ("300", "Multiple Choices"),
    ("301", "Moved Permanently"),
    ("302", "Found"),
    ("303", "See Other"),
    ("304", "Not Modified"),
    ("307", "Temporary Redirect"),
    ("308", "Permanent Redirect"),
    ("400", "Bad Request"),
    ("401", "Unauthorized"),
    ("402", "Payment Required"),
    ("403", "Forbidden"),
    ("404", "Not Found"),
    ("405", "Method Not Allowed"),
    ("406", "Not Acceptable"),
    ("407", "Proxy Authentication Required"),
    ("408", "Request Timeout"),
    ("409", "Conflict"),
    ("410", "Gone"),
    ("411", "Length Required"),
    ("412", "Precondition Failed"),
    ("413", "Request Entity Too Large"),
    ("414", "Request-URI Too Long"),
    ("415", "Unsupported Media Type"),
    ("416", "Requested Range Not Satisfiable"),
    ("417", "Expectation Failed"),
    ("418", "I'm a Teapot"),
    ("421", "Misdirected Request"),
    ("422", "Unprocessable Entity"),
    ("423", "Locked"),
    ("424", "Failed Dependency"),
    ("425", "Too Early"),
    ("426", "Upgrade Required"),
    ("428", "Precondition Required"),
    ("429", "Too Many Requests"),
    ("431", "Request Header Fields Too Large"),
    ("451", "Unavailable For Legal Reasons"),
    ("500", "Internal Server Error"),
    ("501", "Not Implemented"),
    ("502", "Bad Gateway"),
    ("503", "Service Unavailable"),
    ("504", "Gateway Timeout"),
    ("505", "HTTP Version Not Supported"),
    ("507", "Insufficient Storage"),
    ("508", "Loop Detected"),
    ("510", "Not Extended"),
    ("511", "Network Authentication Required"),
];
