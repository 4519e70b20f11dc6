"""The editors' desk: one module for each family of models.

For one article or authority record at a time; thousands are imported. Importing the
package registers the models, as Django's autodiscovery expects.
"""

from archive.admin.about import DescriptionAdmin
from archive.admin.accounts import AccountAdmin, RoleAdmin
from archive.admin.actor import ActorAdmin
from archive.admin.article import ArticleAdmin
from archive.admin.importing import ImportBatchAdmin
from archive.admin.source import SourceAdmin
from archive.admin.topic import TopicAdmin

__all__ = [
    "AccountAdmin",
    "ActorAdmin",
    "ArticleAdmin",
    "DescriptionAdmin",
    "ImportBatchAdmin",
    "RoleAdmin",
    "SourceAdmin",
    "TopicAdmin",
]
