"""Object storage for assets: S3, or anything that speaks its protocol."""

from collections.abc import AsyncIterator
from typing import BinaryIO

import aioboto3
from botocore.exceptions import ClientError

from app.core.config import settings

CHUNK_BYTES = 256 * 1024


class Storage:
    """One bucket. Credentials come from where the AWS client looks for them."""

    def __init__(self, bucket: str) -> None:
        self.bucket = bucket
        self.session = aioboto3.Session()

    def client(self):
        return self.session.client(
            "s3",
            endpoint_url=settings.S3_ENDPOINT_URL,
            region_name=settings.S3_REGION,
        )

    async def ensure_bucket(self) -> None:
        async with self.client() as s3:
            try:
                await s3.head_bucket(Bucket=self.bucket)
            except ClientError:
                await s3.create_bucket(
                    Bucket=self.bucket,
                    CreateBucketConfiguration={"LocationConstraint": settings.S3_REGION},
                )

    async def put(self, key: str, body: BinaryIO, media_type: str) -> None:
        async with self.client() as s3:
            await s3.upload_fileobj(body, self.bucket, key, ExtraArgs={"ContentType": media_type})

    async def stream(self, key: str) -> AsyncIterator[bytes]:
        async with self.client() as s3:
            answer = await s3.get_object(Bucket=self.bucket, Key=key)
            async for chunk in answer["Body"].iter_chunks(CHUNK_BYTES):
                yield chunk

    async def delete(self, key: str) -> None:
        async with self.client() as s3:
            await s3.delete_object(Bucket=self.bucket, Key=key)


storage = Storage(settings.S3_BUCKET)


async def get_storage() -> Storage:
    return storage
