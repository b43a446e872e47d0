"""Settings, read once from the environment and `.env`."""

from enum import Enum
from functools import lru_cache

from pydantic import SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DEVELOPMENT_SECRET = "development-only-secret-of-32-bytes"


class Environment(str, Enum):
    DEVELOPMENT = "development"
    STAGING = "staging"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """Every value has a default that works on a developer's machine."""

    model_config = SettingsConfigDict(env_prefix="ORRERY_", env_file=".env", extra="ignore")

    ENVIRONMENT: Environment = Environment.DEVELOPMENT
    API_PREFIX: str = "/api/v1"
    LOG_LEVEL: str = "INFO"
    CORS_ORIGINS: list[str] = ["http://localhost:5173"]

    DATABASE_URL: str = "postgresql+asyncpg://orrery:orrery@localhost:5432/orrery"
    DATABASE_POOL_SIZE: int = 10
    REDIS_URL: str = "redis://localhost:6379/0"

    SECRET_KEY: SecretStr = SecretStr(DEVELOPMENT_SECRET)
    ACCESS_TOKEN_MINUTES: int = 15
    REFRESH_TOKEN_DAYS: int = 14

    S3_ENDPOINT_URL: str | None = None
    S3_BUCKET: str = "orrery-assets"
    S3_REGION: str = "eu-central-1"
    MAX_UPLOAD_BYTES: int = 64 * 1024 * 1024

    RATE_LIMIT_LOGIN: str = "5/minute"
    RATE_LIMIT_UPLOAD: str = "30/hour"
    RATE_LIMIT_STORAGE_URL: str = "memory://"

    SMTP_HOST: str | None = None
    SMTP_PORT: int = 25
    MAIL_FROM: str = "orrery@localhost"
    PUBLIC_URL: str = "http://localhost:8080"

    ENABLE_EXPERIMENTS: bool = True
    RENDER_SERVICE_URL: str = "http://localhost:9100"

    @model_validator(mode="after")
    def refuse_development_secret(self) -> "Settings":
        if self.ENVIRONMENT is Environment.PRODUCTION:
            if self.SECRET_KEY.get_secret_value() == DEVELOPMENT_SECRET:
                raise ValueError("ORRERY_SECRET_KEY must be set in production")
        return self


@lru_cache
def get_settings() -> Settings:
    return Settings()


settings = get_settings()
