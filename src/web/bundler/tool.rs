//! Build tools, and what they do without a setting.

/// A build tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    Vite,
    ElectronVite,
    VueCli,
    Webpack,
    Rspack,
    Rollup,
    Next,
    SvelteKit,
    Nuxt,
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
            "svelte.config" => Some(Self::SvelteKit),
            "nuxt.config" => Some(Self::Nuxt),
            "rspack.config" => Some(Self::Rspack),
            "rollup.config" => Some(Self::Rollup),
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
            Self::Rspack => "Rspack",
            Self::Rollup => "Rollup",
            Self::Next => "Next.js",
            Self::SvelteKit => "SvelteKit",
            Self::Nuxt => "Nuxt",
        }
    }

    /// The setting of the development server.
    pub(super) fn server(self) -> &'static str {
        match self {
            Self::Nuxt => "vite.server",
            Self::VueCli | Self::Webpack | Self::Rspack => "devServer",
            _ => "server",
        }
    }

    /// The port of its development server; none where it has none.
    pub(super) fn default_port(self) -> Option<u16> {
        match self {
            Self::Vite | Self::ElectronVite | Self::SvelteKit => Some(5173),
            Self::VueCli | Self::Webpack | Self::Rspack => Some(8080),
            Self::Next | Self::Nuxt => Some(3000),
            Self::Rollup => None,
        }
    }

    /// The setting of the path that the pages are served under.
    pub(super) fn base(self) -> &'static str {
        match self {
            Self::Vite | Self::ElectronVite | Self::Rollup => "base",
            Self::VueCli => "publicPath",
            Self::Webpack | Self::Rspack => "output.publicPath",
            Self::Next => "basePath",
            Self::SvelteKit => "kit.paths.base",
            Self::Nuxt => "app.baseURL",
        }
    }

    /// The setting of the folder that the result is written to, and its default.
    pub(super) fn output(self) -> (&'static str, &'static str) {
        match self {
            Self::Vite => ("build.outDir", "dist"),
            Self::ElectronVite => ("build.outDir", "out/renderer"),
            Self::VueCli => ("outputDir", "dist"),
            Self::Webpack | Self::Rspack => ("output.path", "dist"),
            Self::Rollup => ("output.dir", "dist"),
            Self::Next => ("distDir", ".next"),
            Self::SvelteKit => ("kit.outDir", "build"),
            Self::Nuxt => ("nitro.output.dir", ".output"),
        }
    }

    /// The setting of the files that it starts from.
    pub(super) fn entry(self) -> &'static str {
        match self {
            Self::Vite | Self::ElectronVite => "build.rollupOptions.input",
            Self::VueCli => "pages",
            Self::Rollup => "input",
            Self::Webpack | Self::Rspack | Self::Next | Self::SvelteKit | Self::Nuxt => "entry",
        }
    }

    /// The setting of the aliases.
    pub(super) fn aliases(self) -> &'static str {
        match self {
            Self::VueCli => "configureWebpack.resolve.alias",
            Self::SvelteKit => "kit.alias",
            Self::Nuxt => "alias",
            _ => "resolve.alias",
        }
    }

    /// How the variables begin that the code may read.
    pub(super) fn variable_prefixes(self) -> Vec<String> {
        let prefixes: &[&str] = match self {
            Self::Vite => &["VITE_"],
            Self::ElectronVite => &["RENDERER_VITE_", "VITE_"],
            Self::VueCli => &["VUE_APP_"],
            Self::Webpack | Self::Rspack | Self::Rollup => &[],
            Self::Next => &["NEXT_PUBLIC_"],
            Self::SvelteKit => &["PUBLIC_"],
            Self::Nuxt => &["NUXT_PUBLIC_"],
        };
        prefixes.iter().map(|prefix| (*prefix).to_owned()).collect()
    }
}
