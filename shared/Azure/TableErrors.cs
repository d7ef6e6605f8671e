using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using FundingFlow.Storage;

namespace FundingFlow.Azure;

/// <summary>What the table service answered, in the words of the port.</summary>
internal static class TableErrors
{
    public static bool IsMissingTable(RequestFailedException error) => error.ErrorCode == TableErrorCode.TableNotFound;

    /// <summary>Null when the failure is none of a row's state: then it is for the host to retry.</summary>
    public static StoreConflictException? ConflictOf(RequestFailedException error, int changes)
    {
        ConflictKind? kind = error.Status switch
        {
            409 when error.ErrorCode == TableErrorCode.EntityAlreadyExists => ConflictKind.AlreadyExists,
            412 => ConflictKind.Changed,
            404 when error.ErrorCode == TableErrorCode.ResourceNotFound || error.ErrorCode == TableErrorCode.EntityNotFound => ConflictKind.Missing,
            _ => null,
        };
        return kind is { } found ? new StoreConflictException(found, IndexOf(error, changes), error) : null;
    }

    private static int IndexOf(RequestFailedException error, int changes)
        => changes == 1 ? 0 : (error as TableTransactionFailedException)?.FailedTransactionActionIndex ?? -1;
}
