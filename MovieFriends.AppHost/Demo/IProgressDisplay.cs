using MovieFriends.AppHost.States;

namespace MovieFriends.AppHost.Demo;

/// <summary>Shows how far the stages are.</summary>
internal interface IProgressDisplay : IAsyncDisposable
{
    void Show(ServiceLogLine.Progress progress);
}
