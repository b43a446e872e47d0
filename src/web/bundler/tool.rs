//! Build tools, and what they do without a setting.

/// A build tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    Vite,
    ElectronVite,
    VueCli,
    Webpack,
    Next,
}

impl Tool {
    /// The tool that reads a file of this name.
    pub(super) fn of_file(name: &str) -> Option<Self> {
        let (stem, suffix) = name.rsplit_once('.')?;
        if !matches!(suffix, "js" | "mjs" | "cjs" | "ts" | "mts" | "cts") {
            return None;
        }
        match stem {
            "vite.config" => Some(Self::Vite),
            "electron.vite.config" => Some(Self::ElectronVite),
            "vue.config" => Some(Self::VueCli),
            "next.config" => Some(Self::Next),
            // Others are given with `--config`.
            _ if stem.starts_with("vite.config.") => Some(Self::Vite),
            _ if stem.starts_with("webpack.") => Some(Self::Webpack),
            _ => None,
        }
    }

    pub(super) fn software(self) -> &'static str {
        match self {
            Self::Vite => "Vite",
            Self::ElectronVite => "electron-vite",
            Self::VueCli => "Vue CLI",
            Self::Webpack => "webpack",
            Self::Next => "Next.js",
        }
    }

    /// The setting of the development server.
    pub(super) fn server(self) -> &'static str {
        match self {
            Self::Vite | Self::ElectronVite | Self::Next => "server",
            Self::VueCli | Self::Webpack => "devServer",
        }
    }

    pub(super) fn default_port(self) -> u16 {
        match self {
            Self::Vite | Self::ElectronVite => 5173,
            Self::VueCli | Self::Webpack => 8080,
            Self::Next => 3000,
        }
    }

    /// The setting of the path that the pages are served under.
    pub(super) fn base(self) -> &'static str {
        match self {
            Self::Vite | Self::ElectronVite => "base",
            Self::VueCli => "publicPath",
            Self::Webpack => "output.publicPath",
            Self::Next => "basePath",
        }
    }

    /// The setting of the folder that the result is written to, and its default.
    pub(super) fn output(self) -> (&'static str, &'static str) {
        match self {
            Self::Vite => ("build.outDir", "dist"),
            Self::ElectronVite => ("build.outDir", "out/renderer"),
            Self::VueCli => ("outputDir", "dist"),
            Self::Webpack => ("output.path", "dist"),
            Self::Next => ("distDir", ".next"),
        }
    }

    /// The setting of the files that it starts from.
    pub(super) fn entry(self) -> &'static str {
        match self {
            Self::Vite | Self::ElectronVite => "build.rollupOptions.input",
            Self::VueCli => "pages",
            Self::Webpack | Self::Next => "entry",
        }
    }

    /// The setting of the aliases.
    pub(super) fn aliases(self) -> &'static str {
        match self {
            Self::VueCli => "configureWebpack.resolve.alias",
            _ => "resolve.alias",
        }
    }

    /// How the variables begin that the code may read.
    pub(super) fn variable_prefixes(self) -> Vec<String> {
        let prefixes: &[&str] = match self {
            Self::Vite => &["VITE_"],
            Self::ElectronVite => &["RENDERER_VITE_", "VITE_"],
            Self::VueCli => &["VUE_APP_"],
            Self::Webpack => &[],
            Self::Next => &["NEXT_PUBLIC_"],
        };
        prefixes.iter().map(|prefix| (*prefix).to_owned()).collect()
    }
}
