//! Which settings are told, by their names in three.js and the libraries around it.

/// Options of a renderer's constructor.
pub(super) const OPTIONS: [&str; 13] = [
    "alpha",
    "antialias",
    "depth",
    "failIfMajorPerformanceCaveat",
    "forceWebGL",
    "logarithmicDepthBuffer",
    "powerPreference",
    "precision",
    "preserveDrawingBuffer",
    "reverseDepthBuffer",
    "reversedDepthBuffer",
    "samples",
    "stencil",
];

/// Properties of a renderer.
pub(super) const PROPERTIES: [&str; 13] = [
    "localClippingEnabled",
    "outputColorSpace",
    "outputEncoding",
    "physicallyCorrectLights",
    "shadowMap.autoUpdate",
    "shadowMap.enabled",
    "shadowMap.type",
    "sortObjects",
    "toneMapping",
    "toneMappingExposure",
    "transmissionResolutionScale",
    "useLegacyLights",
    "xr.enabled",
];

/// Methods of a renderer that set something, and what.
pub(super) const SETTERS: [(&str, &str); 4] = [
    ("setPixelRatio", "pixelRatio"),
    ("xr.setFoveation", "xr.foveation"),
    ("xr.setFramebufferScaleFactor", "xr.framebufferScaleFactor"),
    ("xr.setReferenceSpaceType", "xr.referenceSpaceType"),
];

/// Attributes of the canvas of a component library besides those of a renderer.
pub(super) const ATTRIBUTES: [&str; 12] = [
    "colorSpace",
    "dpr",
    "flat",
    "frameloop",
    "legacy",
    "linear",
    "orthographic",
    "renderMode",
    "shadowMapType",
    "shadows",
    "toneMapping",
    "toneMappingExposure",
];

/// Properties of a light.
pub(super) const OF_LIGHTS: [&str; 6] = [
    "castShadow",
    "shadow.mapSize",
    "shadow.mapSize.width",
    "shadow.mapSize.height",
    "shadow.mapSize.x",
    "shadow.mapSize.y",
];
