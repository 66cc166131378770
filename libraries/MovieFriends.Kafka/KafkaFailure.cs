using System.Collections.Frozen;
using Confluent.Kafka;

namespace MovieFriends.Kafka;

/// <summary>Sorts what polling, committing, producing and the questions of an administrator can return. The one table of it.</summary>
public static class KafkaFailure
{
    private const string Rights = "docs/security.md has the rights that each service needs.";
    private const string Unsupported = "The broker is too old for it or does not offer it; docs/configuration.md says what can be done without, by producers with EnableIdempotence=false in Aspire:Confluent:Kafka:Producer:Config.";
    private const string Group = "Stop the members that are there, or name another group in Consumer:GroupId; GroupProtocol and PartitionAssignmentStrategy in Aspire:Confluent:Kafka:Consumer:Config must be the same for all of them.";

    // The client says so itself before it asks; a broker says the other when it is asked.
    private static readonly ErrorCode[] s_unsupported = [ErrorCode.Local_UnsupportedFeature, ErrorCode.UnsupportedVersion];

    // What is not here refuses nothing and means nothing in particular: it is waited for. Codes: https://kafka.apache.org/protocol#protocol_error_codes,
    // and those that begin with Local_ from librdkafka.
    private static readonly FrozenDictionary<ErrorCode, KafkaFailureKind> s_kinds = Table(
        (KafkaFailureKind.Passing,
        [
            ErrorCode.NoError, ErrorCode.Local_Noop, ErrorCode.Local_PartitionEOF, ErrorCode.Local_AssignPartitions, ErrorCode.Local_RevokePartitions,
            ErrorCode.Local_InProgress, ErrorCode.Local_PrevInProgress, ErrorCode.Local_Retry, ErrorCode.Local_Intr, ErrorCode.Local_State, ErrorCode.Local_QueueFull,
            ErrorCode.Local_NoOffset, ErrorCode.Local_Partial, ErrorCode.Local_Outdated, ErrorCode.Local_NodeUpdate, ErrorCode.Local_WaitCoord, ErrorCode.Local_WaitCache,
            ErrorCode.Local_AssignmentLost, ErrorCode.Local_MaxPollExceeded, ErrorCode.Local_Destroy, ErrorCode.Local_DestroyBroker, ErrorCode.Local_PurgeQueue, ErrorCode.Local_PurgeInflight,
            ErrorCode.Local_AutoOffsetReset, ErrorCode.Local_LogTruncation, ErrorCode.OffsetOutOfRange, ErrorCode.OffsetNotAvailable,
            ErrorCode.Local_UnknownTopic, ErrorCode.Local_UnknownPartition, ErrorCode.UnknownTopicOrPart, ErrorCode.UnknownTopicId, ErrorCode.TopicAlreadyExists,
            ErrorCode.RebalanceInProgress, ErrorCode.IllegalGeneration, ErrorCode.UnknownMemberId, ErrorCode.MemberIdRequired, ErrorCode.FencedMemberEpoch, ErrorCode.StaleMemberEpoch,
            ErrorCode.UnreleasedInstanceId, ErrorCode.GroupIdNotFound, ErrorCode.UnstableOffsetCommit,
            ErrorCode.NotLeaderForPartition, ErrorCode.NotCoordinatorForGroup, ErrorCode.NotController, ErrorCode.FencedLeaderEpoch, ErrorCode.UnknownLeaderEpoch,
            ErrorCode.StaleCtrlEpoch, ErrorCode.StaleBrokerEpoch, ErrorCode.FetchSessionIdNotFound, ErrorCode.InvalidFetchSessionEpoch,
            ErrorCode.ReassignmentInProgress, ErrorCode.NoReassignmentInProgress, ErrorCode.ElectionNotNeeded, ErrorCode.ThrottlingQuotaExceeded, ErrorCode.RebootstrapRequired,
            ErrorCode.DuplicateSequenceNumber, ErrorCode.ConcurrentTransactions, ErrorCode.UnknownSubscriptionId, ErrorCode.TelemetryTooLarge,
        ]),
        (KafkaFailureKind.Away,
        [
            ErrorCode.Unknown, ErrorCode.Local_Transport, ErrorCode.Local_Resolve, ErrorCode.Local_AllBrokersDown, ErrorCode.Local_UnknownBroker, ErrorCode.Local_Fail,
            ErrorCode.Local_TimedOut, ErrorCode.Local_TimedOutQueue, ErrorCode.Local_MsgTimedOut, ErrorCode.Local_IsrInsuff, ErrorCode.Local_CritSysResource, ErrorCode.Local_FS,
            ErrorCode.Local_BadMsg, ErrorCode.Local_BadCompression, ErrorCode.Local_Underflow, ErrorCode.InvalidMsg,
            ErrorCode.LeaderNotAvailable, ErrorCode.PreferredLeaderNotAvailable, ErrorCode.EligibleLeadersNotAvailable, ErrorCode.ReplicaNotAvailable, ErrorCode.BrokerNotAvailable,
            ErrorCode.ListenerNotFound, ErrorCode.RequestTimedOut, ErrorCode.NetworkException, ErrorCode.GroupCoordinatorNotAvailable, ErrorCode.GroupLoadInProgress,
            ErrorCode.GroupMaxSizeReached, ErrorCode.NotEnoughReplicas, ErrorCode.NotEnoughReplicasAfterAppend, ErrorCode.InvalidReplicationFactor,
            ErrorCode.KafkaStorageError, ErrorCode.LogDirNotFound, ErrorCode.TransactionCoordinatorFenced, ErrorCode.InconsistentVoterSet, ErrorCode.OperationNotAttempted,
        ]),
        (KafkaFailureKind.Refused,
        [
            ErrorCode.TopicAuthorizationFailed, ErrorCode.GroupAuthorizationFailed, ErrorCode.ClusterAuthorizationFailed, ErrorCode.TransactionalIdAuthorizationFailed,
            ErrorCode.Local_Authentication, ErrorCode.Local_Ssl, ErrorCode.SaslAuthenticationFailed, ErrorCode.UnsupportedSaslMechanism, ErrorCode.IllegalSaslState, ErrorCode.SecurityDisabled,
            ErrorCode.DelegationTokenAuthDisabled, ErrorCode.DelegationTokenNotFound, ErrorCode.DelegationTokenOwnerMismatch, ErrorCode.DelegationTokenRequestNotAllowed,
            ErrorCode.DelegationTokenAuthorizationFailed, ErrorCode.DelegationTokenExpired, ErrorCode.InvalidPrincipalType, ErrorCode.PrincipalDeserializationFailure, ErrorCode.UnacceptableCredential,
            ErrorCode.InconsistentGroupProtocol, ErrorCode.InvalidGroupId, ErrorCode.InvalidSessionTimeout, ErrorCode.UnsupportedAssignor, ErrorCode.FencedInstanceId, ErrorCode.Local_Fenced,
            ErrorCode.NonEmptyGroup, ErrorCode.GroupSubscribedToTopic, ErrorCode.OffsetMetadataTooLarge, ErrorCode.InvalidCommitOffsetSize,
            ErrorCode.TopicException, ErrorCode.InvalidPartitions, ErrorCode.InvalidReplicaAssignment, ErrorCode.InvalidConfig, ErrorCode.PolicyViolation, ErrorCode.TopicDeletionDisabled,
            ErrorCode.InvalidRequest, ErrorCode.InvalidRequiredAcks, ErrorCode.UnsupportedVersion, ErrorCode.UnsupportedForMessageFormat, ErrorCode.UnsupportedCompressionType,
            ErrorCode.ResourceNotFound, ErrorCode.DuplicateResource, ErrorCode.InvalidUpdateVersion, ErrorCode.FeatureUpdateFailed,
            ErrorCode.ProducerFenced, ErrorCode.InvalidProducerEpoch, ErrorCode.OutOfOrderSequenceNumber, ErrorCode.UnknownProducerId, ErrorCode.InvalidProducerIdMapping,
            ErrorCode.InvalidTxnState, ErrorCode.InvalidTransactionTimeout,
            ErrorCode.Local_Fatal, ErrorCode.Local_GaplessGuarantee, ErrorCode.Local_Inconsistent, ErrorCode.Local_InvalidArg, ErrorCode.Local_NotConfigured, ErrorCode.Local_NotImplemented,
            ErrorCode.Local_UnsupportedFeature, ErrorCode.Local_Conflict, ErrorCode.Local_ExistingSubscription, ErrorCode.Local_UnknownGroup, ErrorCode.Local_UnknownProtocol,
            ErrorCode.Local_NoEnt, ErrorCode.Local_ReadOnly, ErrorCode.Local_InvalidType, ErrorCode.Local_Application,
        ]),
        (KafkaFailureKind.Message,
        [
            ErrorCode.MsgSizeTooLarge, ErrorCode.RecordListTooLarge, ErrorCode.InvalidMsgSize, ErrorCode.InvalidRecord, ErrorCode.InvalidTimestamp, ErrorCode.Local_InvalidDifferentRecord,
            ErrorCode.Local_KeySerialization, ErrorCode.Local_ValueSerialization, ErrorCode.Local_KeyDeserialization, ErrorCode.Local_ValueDeserialization,
        ]));

    /// <summary>The codes that are sorted, and how.</summary>
    public static IReadOnlyDictionary<ErrorCode, KafkaFailureKind> Kinds => s_kinds;

    /// <summary>What to do about an error.</summary>
    public static KafkaFailureKind Classify(Error error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.IsFatal ? KafkaFailureKind.Refused : s_kinds.GetValueOrDefault(error.Code, KafkaFailureKind.Away);
    }

    /// <summary>Whether a client has stopped for an error that passes: fatal for this one, but not for a new one, later.</summary>
    public static bool NeedsNewClient(Error error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.IsFatal && s_kinds.GetValueOrDefault(error.Code, KafkaFailureKind.Refused) is KafkaFailureKind.Passing or KafkaFailureKind.Away;
    }

    /// <summary>Whether the broker does not have what it is asked for, which no right and no repetition gives it.</summary>
    public static bool IsUnsupported(Error error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return s_unsupported.Contains(error.Code);
    }

    /// <summary>What Kafka refuses, in one line, with the way out where there is one.</summary>
    /// <param name="error">The error.</param>
    /// <param name="what">What was asked for, such as a topic's name.</param>
    public static string Explain(Error error, string what)
    {
        ArgumentNullException.ThrowIfNull(error);
        return $"Kafka refuses ({what}): {error.Reason.ReplaceLineEndings(" ").TrimEnd('.')}.{WayOut(error)}";
    }

    /// <summary>What to do about an error, as a sentence that begins with a space; empty where nothing is known.</summary>
    public static string WayOut(Error error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Code switch
        {
            ErrorCode.InconsistentGroupProtocol or ErrorCode.UnsupportedAssignor => $" {Group}",
            ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed or ErrorCode.ClusterAuthorizationFailed or ErrorCode.TransactionalIdAuthorizationFailed => $" {Rights}",
            _ when IsUnsupported(error) => $" {Unsupported}",
            _ => string.Empty,
        };
    }

    private static FrozenDictionary<ErrorCode, KafkaFailureKind> Table(params (KafkaFailureKind Kind, ErrorCode[] Codes)[] rows) =>
        rows.SelectMany(row => row.Codes.Select(code => KeyValuePair.Create(code, row.Kind))).ToFrozenDictionary();
}
