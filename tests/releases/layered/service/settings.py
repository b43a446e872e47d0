import os
from dataclasses import dataclass, field
from typing import List

@dataclass
class Settings:
    title: str = "Fixture four"
    debug: bool = False
    prefixes: List[str] = field(default_factory=lambda: ["/api", "/legacy"])
    features: dict = field(default_factory=dict)

    @property
    def description(self) -> str:
        return f"""
        # {self.title}

        debug: {self.debug}
        """

    def feature(self, name: str, default: bool = False) -> bool:
        return self.features.get(name, default)

settings = Settings(features={"beta": True})
